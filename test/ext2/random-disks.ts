/**
 * Random file systems with a past, and the damage that the race does to them: single sectors that
 * hold what they held at an earlier moment, whatever their neighbours hold.
 */
import fc from 'fast-check';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { SUPERBLOCK_SECTOR } from '../../src/ext2/superblock.js';
import { inodeAt, inodeOf, isDirectory } from '../../src/ext2/tree.js';
import { type Layout, ROOT_INO } from '../../src/ext2/layout.js';
import { whyNotLayout } from '../../src/ext2/mkfs-layout.js';
import { walkBlocks } from '../../src/ext2/walk.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors, type MutableSectors } from '../../src/media/sectors.js';

interface Call {
  readonly call: 'create' | 'unlink' | 'append' | 'overwrite';
  readonly file: number;
  /** Where it begins, for an overwrite. */
  readonly block: number;
  readonly bytes: number;
  readonly content: keyof typeof CONTENTS;
  readonly pid: number;
}

/** What files hold, which may come back where a directory or an indirect block is by now. */
const CONTENTS = {
  zeroes: () => 0,
  counting: (at: number) => at & 255,
  /** As pointers they lead to other blocks, as directory entries nowhere. */
  numbers: (at: number) => (at % 4 === 0 ? (at >> 2) % 251 : 0),
} as const;

/** What a sector can belong to. */
export const PARTS = [
  'superblock',
  'descriptors',
  'block bitmap',
  'inode bitmap',
  'inode table',
  'directory',
  'indirect block',
  'data',
] as const;
export type Part = (typeof PARTS)[number];

interface Stale {
  readonly part: Part;
  /** Which of the sectors of that part that changed at all. */
  readonly sector: number;
  /** Which of the values that it held before. */
  readonly value: number;
}

export interface Past {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly calls: readonly Call[];
  readonly isUnmounted: boolean;
  readonly stale: readonly Stale[];
  /** What somebody does with it before anybody checks it: a block that seems free is used twice. */
  readonly after: readonly Call[];
}

export interface Torn {
  readonly disk: DenseSectors;
  readonly layout: Layout;
  /** Parts of which a sector is stale indeed. */
  readonly parts: ReadonlySet<Part>;
}

/** Few files and few places for their blocks, so that much is used again. */
const FILES = 10;
const PIDS = 3;
/** Behind a hole a file reaches its double indirect block with a few blocks. */
const block = fc.oneof(fc.nat(14), fc.nat(300), fc.nat(1100));
const call: fc.Arbitrary<Call> = fc.record({
  call: fc.constantFrom('create', 'create', 'append', 'append', 'overwrite', 'unlink'),
  file: fc.nat(FILES - 1),
  block,
  bytes: fc.oneof(fc.nat(3000), fc.nat(20_000)),
  content: fc.constantFrom('counting', 'numbers', 'zeroes'),
  pid: fc.nat(PIDS),
});
const stale: fc.Arbitrary<Stale> = fc.record({
  part: fc.constantFrom(...PARTS),
  sector: fc.nat(40),
  value: fc.nat(40),
});
/** Few groups more often than many, which take longer to write out. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant(1024), fc.integer({ min: 64, max: 400 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constant(2048), fc.integer({ min: 64, max: 300 })) },
  { weight: 3, arbitrary: fc.tuple(fc.constant(4096), fc.integer({ min: 64, max: 300 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant(1024), fc.integer({ min: 8800, max: 17_000 })) },
);

export const pasts: fc.Arbitrary<Past> = fc
  .record({
    size: size.filter(([blockBytes, blocks]) => whyNotLayout(blockBytes, blocks) === undefined),
    calls: fc.array(call, { minLength: 1, maxLength: 60, size: 'max' }),
    isUnmounted: fc.boolean(),
    stale: fc.oneof(
      fc.array(stale, { maxLength: 6, size: 'max' }),
      fc.array(stale, { maxLength: 60, size: 'max' }),
    ),
    after: fc.oneof(fc.constant([]), fc.array(call, { maxLength: 10, size: 'max' })),
  })
  .map(({ size: [blockBytes, blocks], ...rest }) => ({ blockBytes, blocks, ...rest }));

/** Lives the past and takes the stale sectors back to what they held. */
export function torn({ blockBytes, blocks, calls, isUnmounted, stale, after }: Past): Torn {
  const disk = new DenseSectors(new SectorPool(), (blocks * blockBytes) / 512);
  const layout = mkfs(disk, { blockBytes, blocks });
  const remembered = new RememberedSectors(disk);
  const fs = new QuietFileSystem(remembered, layout);
  const partOf = systemParts(layout);
  for (const one of calls) {
    make(fs, one);
    for (const ino of [ROOT_INO, FIRST_INO, inodeAt(disk, layout, pathOf(one.file))]) {
      noteBlocks(disk, layout, ino, partOf);
    }
  }
  if (isUnmounted) fs.unmount();
  const parts = new Set<Part>();
  for (const { part, sector, value } of stale) {
    const changed = [...remembered.held.keys()].filter((at) => (partOf.get(at) ?? 'data') === part);
    const at = changed[sector % Math.max(changed.length, 1)];
    const held = at === undefined ? [] : (remembered.held.get(at) ?? []);
    const back = held.at(-1 - (value % Math.max(held.length, 1)));
    if (at === undefined || back === undefined) continue;
    if (disk.get(at) !== back) parts.add(part);
    disk.set(at, back);
  }
  for (const one of after) make(fs, one);
  return { disk, layout, parts };
}

/** Files with long names fill a block of their directory soon. */
function pathOf(file: number): string {
  const name = `f${file}${file % 3 === 1 ? '' : 'x'.repeat(200)}`;
  return file === 1 ? `/lost+found/${name}` : `/${name}`;
}

function make(fs: QuietFileSystem, { call, file, block, bytes, content, pid }: Call): void {
  const path = pathOf(file);
  const byte = CONTENTS[content];
  switch (call) {
    case 'create':
      fs.create(path, pid);
      break;
    case 'unlink':
      fs.unlink(path);
      break;
    case 'append':
      fs.append(path, bytes, byte, pid);
      break;
    case 'overwrite':
      fs.overwrite(path, block * fs.layout.blockBytes, bytes, byte, pid);
      break;
  }
}

function systemParts(layout: Layout): Map<number, Part> {
  const partOf = new Map<number, Part>([[SUPERBLOCK_SECTOR, 'superblock']]);
  const note = (block: number, count: number, part: Part): void => {
    const first = layout.sectorOfBlock(block);
    for (let n = 0; n < count * layout.sectorsPerBlock; n++) partOf.set(first + n, part);
  };
  note(layout.firstDataBlock + 1, layout.descriptorBlocks, 'descriptors');
  for (let group = 0; group < layout.groupCount; group++) {
    note(layout.blockBitmapOf(group), 1, 'block bitmap');
    note(layout.inodeBitmapOf(group), 1, 'inode bitmap');
    note(layout.inodeTableOf(group), layout.inodeTableBlocks, 'inode table');
  }
  return partOf;
}

/** What was ever a directory or an indirect block stays one: it is the past that comes back. */
function noteBlocks(
  disk: DenseSectors,
  layout: Layout,
  ino: number,
  partOf: Map<number, Part>,
): void {
  const inode = inodeOf(disk, layout, ino);
  walkBlocks(disk, layout, inode, (found, _logical, level) => {
    const part = level > 0 ? 'indirect block' : isDirectory(inode) ? 'directory' : undefined;
    const first = layout.sectorOfBlock(found);
    for (let n = 0; part !== undefined && n < layout.sectorsPerBlock; n++) {
      partOf.set(first + n, part);
    }
    return found;
  });
}

/** A disk that remembers what each sector held. */
class RememberedSectors implements MutableSectors {
  readonly pool: SectorPool;
  readonly count: number;
  readonly held = new Map<number, number[]>();
  readonly #disk: DenseSectors;

  constructor(disk: DenseSectors) {
    this.#disk = disk;
    this.pool = disk.pool;
    this.count = disk.count;
  }

  get(sector: number): number {
    return this.#disk.get(sector);
  }

  set(sector: number, value: number): void {
    const before = this.#disk.get(sector);
    this.#disk.set(sector, value);
    if (value === before) return;
    const held = this.held.get(sector);
    if (held === undefined) this.held.set(sector, [before]);
    else held.push(before);
  }
}
