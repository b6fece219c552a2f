/** File systems with a past: files that grew, shrank and went, some with indirect blocks. */
import type { Layout } from '../../src/ext2/layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { dice } from './dice.js';

export interface Lived {
  readonly disk: DenseSectors;
  readonly layout: Layout;
  readonly fs: QuietFileSystem;
}

export function lived(blockBytes: number, blocks: number, seed: number): Lived {
  const disk = new DenseSectors(new SectorPool(), (blocks * blockBytes) / 512);
  const layout = mkfs(disk, { blockBytes, blocks });
  const fs = new QuietFileSystem(disk, layout);
  live(fs, seed, 40);
  return { disk, layout, fs };
}

export function live(fs: QuietFileSystem, seed: number, rounds: number): void {
  const pick = dice(seed);
  for (let round = 0; round < rounds; round++) {
    const name = `/f${pick(8)}`;
    if (fs.create(name) === undefined || pick(4) > 0) {
      const bytes = pick(pick(4) === 0 ? 20_000 : 3000);
      fs.append(name, bytes, (at) => (at + round) & 255, pick(16));
    } else fs.unlink(name);
  }
}

export function copyOf(disk: DenseSectors): DenseSectors {
  const copy = new DenseSectors(disk.pool, disk.count);
  copy.values.set(disk.values);
  return copy;
}
