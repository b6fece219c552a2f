/** Storing bytes in a file's blocks, sector by sector. */
import { SECTOR_BYTES } from '../media/geometry.js';
import { ZERO_SECTOR } from '../media/sector-pool.js';
import type { MutableSectors } from '../media/sectors.js';
import type { Layout } from './layout.js';

/**
 * Stores the bytes [from, to) of a file, which lie in one block of it. The rest of a new block
 * becomes zeroes, as `__block_prepare_write` makes it; the rest of one that was there stays.
 */
export function writeBytes(
  disk: MutableSectors,
  layout: Layout,
  target: { readonly as: 'present' | 'new'; readonly block: number },
  from: number,
  to: number,
  content: (offset: number) => number,
): void {
  const start = from - (from % layout.blockBytes);
  const scratch = new Uint8Array(SECTOR_BYTES);
  for (let i = 0; i < layout.sectorsPerBlock; i++) {
    const sector = layout.sectorOfBlock(target.block) + i;
    const old = target.as === 'new' ? ZERO_SECTOR : disk.get(sector);
    const first = start + i * SECTOR_BYTES;
    scratch.set(disk.pool.view(old));
    for (let at = Math.max(from, first); at < Math.min(to, first + SECTOR_BYTES); at++) {
      scratch[at - first] = content(at);
    }
    disk.set(sector, disk.pool.intern(scratch));
  }
}
