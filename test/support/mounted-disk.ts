/** A small ext2 with files, as a crash may find it: mounted. */
import type { Layout } from '../../src/ext2/layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import type { FsyncPromise } from '../../src/ext2/promise.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { inodeAt, inodeOf, sectorsOf, sizeOf } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

export interface MountedDisk {
  readonly disk: DenseSectors;
  readonly layout: Layout;
  readonly files: QuietFileSystem;
}

/** `files`: path and bytes of each. */
export function mountedDisk(...files: readonly (readonly [string, number])[]): MountedDisk {
  const disk = new DenseSectors(new SectorPool(), 512);
  const layout = mkfs(disk, { blockBytes: 1024, blocks: 256 });
  const mounted = new QuietFileSystem(disk, layout);
  for (const [path, bytes] of files) {
    mounted.create(path);
    mounted.append(path, bytes, (at) => path.charCodeAt(1) + (at % 7));
  }
  return { disk, layout, files: mounted };
}

/** What fsync would promise of a file as it stands. */
export function promiseOf({ disk, layout }: MountedDisk, path: string): FsyncPromise {
  const ino = inodeAt(disk, layout, path);
  const inode = inodeOf(disk, layout, ino);
  const sectors = sectorsOf(disk, layout, inode).map((sector) => disk.get(sector));
  return { path, ino, size: sizeOf(inode), sectors };
}

/** The device block of a file's block. */
export function blockOf({ disk, layout }: MountedDisk, path: string, logical: number): number {
  const inode = inodeOf(disk, layout, inodeAt(disk, layout, path));
  const sector = sectorsOf(disk, layout, inode)[logical * layout.sectorsPerBlock] ?? 0;
  return Math.floor(sector / layout.sectorsPerBlock);
}

/** Where the bit of a block stands: the first sector of the bitmap, and the bit. */
export function bitOf({ layout }: MountedDisk, block: number): [sector: number, bit: number] {
  const group = layout.groupOfBlock(block);
  return [layout.sectorOfBlock(layout.blockBitmapOf(group)), block - layout.firstBlockOf(group)];
}
