/**
 * What a reader suffers in the end, seen on the disks alone.
 *
 * Promises are those of fsync: a file's inode and its content. Its name is not among them; ext2
 * does not write the directory.
 */
import type { Afterwards } from './afterwards.js';
import type { AftermathStep, HarmKind } from './steps.js';
import { readBits } from '../ext2/bitmap.js';
import { Claims } from '../ext2/claims.js';
import { INODE_DTIME, INODE_LINKS } from '../ext2/inodes.js';
import type { Layout } from '../ext2/layout.js';
import { NOT_PROMISED, type FsyncPromise } from '../ext2/promise.js';
import { readLayout } from '../ext2/superblock.js';
import { HOLE, inodeOf, Paths, sectorsOf } from '../ext2/tree.js';
import { SECTOR_BYTES } from '../media/geometry.js';
import type { Sectors } from '../media/sectors.js';

export interface Harm {
  readonly kind: HarmKind;
  readonly block: number | undefined;
  readonly files: readonly string[];
  readonly text: string;
  /** It comes of what an application did to itself. */
  readonly byApplication: boolean;
}

/** Whose fault it is only the judge can tell, who knows whose the sectors are. */
const MIRRORS = { byApplication: false };

/** All harm on the legs that are left, block by block and file by file. */
export function harmOn(
  after: Afterwards,
  promises: readonly FsyncPromise[],
  steps: readonly AftermathStep[],
): Harm[] {
  const [disk, ...others] = after.legs;
  if (disk === undefined) return [];
  const reading = readLayout(disk);
  if (!reading.ok) return [];
  const { layout } = reading;
  const claims = new Claims(disk, layout);
  const kept = promises.filter(({ path }) => !isTouched(path, steps));
  return [
    ...usedTwice(disk, layout, claims),
    ...lostBlocks(disk, layout, claims),
    ...kept.flatMap((promise) => broken(disk, layout, promise, others, after.legNumbers)),
  ];
}

/** A step afterwards may rightly change or delete the file. */
function isTouched(path: string, steps: readonly AftermathStep[]): boolean {
  return steps.some((step) => (step.do === 'unlink' || step.do === 'append') && step.path === path);
}

function usedTwice(disk: Sectors, layout: Layout, claims: Claims): Harm[] {
  const paths = new Paths(disk, layout);
  return claims.shared().map((block) => {
    const files = claims.on(block).map(({ ino }) => paths.of(ino) ?? `inode ${ino}`);
    return { kind: 'block-used-twice', block, files, text: '', ...MIRRORS };
  });
}

/** Data blocks whose bit is set and that nobody claims. */
function lostBlocks(disk: Sectors, layout: Layout, claims: Claims): Harm[] {
  const lost: Harm[] = [];
  for (let group = 0; group < layout.groupCount; group++) {
    const bitmap = layout.sectorOfBlock(layout.blockBitmapOf(group));
    const first = layout.firstBlockOf(group);
    const bits = readBits(disk, bitmap, layout.blocksOf(group));
    const firstData = layout.inodeTableOf(group) + layout.inodeTableBlocks;
    for (let block = firstData; block < first + bits.length; block++) {
      if (bits[block - first] === 0 || claims.has(block)) continue;
      lost.push({ kind: 'block-lost', block, files: [], text: '', ...MIRRORS });
    }
  }
  return lost;
}

/**
 * What has become of a promise: kept everywhere, broken where readers look, or broken on another
 * leg only.
 */
function broken(
  disk: Sectors,
  layout: Layout,
  promise: FsyncPromise,
  others: readonly Sectors[],
  legNumbers: readonly number[],
): Harm[] {
  const files = [promise.path];
  const state = stateOf(disk, layout, promise);
  if (state.is === 'lost') {
    return [
      { kind: 'file-lost', block: undefined, files, text: `inode ${promise.ino}`, ...MIRRORS },
    ];
  }
  if (state.is === 'wrong') {
    return [{ kind: 'wrong-data', block: state.block, files, text: state.text, ...MIRRORS }];
  }
  return others.flatMap((other, n): Harm[] => {
    const there = stateOf(other, layout, promise);
    if (there.is === 'kept') return [];
    const block = there.is === 'wrong' ? there.block : undefined;
    const text = `leg ${legNumbers[n + 1]} does not hold what was promised`;
    return [{ kind: 'differs-by-leg', block, files, text, ...MIRRORS }];
  });
}

type State =
  | { readonly is: 'kept' }
  | { readonly is: 'lost' }
  | { readonly is: 'wrong'; readonly block: number | undefined; readonly text: string };

function stateOf(disk: Sectors, layout: Layout, promise: FsyncPromise): State {
  const inode = inodeOf(disk, layout, promise.ino);
  if (inode[INODE_LINKS] === 0 || inode[INODE_DTIME] !== 0) return { is: 'lost' };
  const sectors = sectorsOf(disk, layout, inode);
  for (let n = 0; n < promise.sectors.length; n++) {
    const value = promise.sectors[n]!;
    if (value === NOT_PROMISED) continue;
    const sector = sectors[n] ?? HOLE;
    if (sector !== HOLE && disk.get(sector) === value) continue;
    const block = sector === HOLE ? undefined : Math.floor(sector / layout.sectorsPerBlock);
    return { is: 'wrong', block, text: `from byte ${n * SECTOR_BYTES} on` };
  }
  return { is: 'kept' };
}
