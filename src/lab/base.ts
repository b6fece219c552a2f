/**
 * The disks before a run: made once for a scenario and shared by all its worlds, whatever their
 * strategy. Runs change nothing of it; they only add values to the pool.
 */
import { compile } from './compile.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Layout } from '../ext2/layout.js';
import { mkfs } from '../ext2/mkfs.js';
import { QuietFileSystem } from '../ext2/quiet.js';
import { inodeAt } from '../ext2/tree.js';
import { templateOf } from '../machine/files/promises.js';
import { SECTOR_BYTES } from '../media/geometry.js';
import { SectorPool } from '../media/sector-pool.js';
import { DenseSectors } from '../media/sectors.js';

export interface Base {
  readonly pool: SectorPool;
  /** How many values the pool holds for good: those of the disks and the templates. */
  readonly values: number;
  /** By inode slot: the template of the file's content. */
  readonly templates: Int32Array;
  readonly layout: Layout;
  readonly memory: Int32Array;
  readonly legs: readonly Int32Array[];
  readonly files: readonly BootFile[];
  /** By region: sectors in which the legs differ. */
  mismatches(regionSectors: number): Int32Array;
}

/** A file that is there at boot. */
export interface BootFile {
  readonly path: string;
  readonly ino: number;
}

/**
 * A mounted file system with the files that are there at boot on the first leg; the others are
 * equal, or blank until a first recovery has run.
 */
export function baseOf(scenario: Scenario): Base {
  const { blockBytes, bytes } = scenario.filesystem;
  const pool = new SectorPool();
  const disk = new DenseSectors(pool, bytes / SECTOR_BYTES);
  const layout = mkfs(disk, { blockBytes, blocks: bytes / blockBytes });
  const quiet = new QuietFileSystem(disk, layout);
  const files = scenario.files.map(({ path, bytes: size }) => bootFile(quiet, disk, path, size));
  const blank = new Int32Array(disk.count);
  const inSync = scenario.mirror.initially === 'in-sync';
  const legs = scenario.mirror.legs.map((_, n) => (n === 0 || inSync ? disk.values : blank));
  const { paths } = compile(scenario);
  const templates = Int32Array.from(paths, (path) => templateOf(pool, path));
  return {
    pool,
    values: pool.count,
    templates,
    layout,
    memory: disk.values,
    files,
    legs,
    mismatches(regionSectors) {
      const counts = new Int32Array(Math.ceil(disk.count / regionSectors));
      if (inSync) return counts;
      for (let sector = 0; sector < disk.count; sector++) {
        if (disk.values[sector] !== blank[sector]) counts[Math.floor(sector / regionSectors)]!++;
      }
      return counts;
    },
  };
}

/** Made by a quiet file system; its content is version 0, which no run writes. */
function bootFile(
  quiet: QuietFileSystem,
  disk: DenseSectors,
  path: string,
  bytes: number,
): BootFile {
  const { pool } = disk;
  const template = templateOf(pool, path);
  const content = (offset: number): number => {
    const sector = Math.floor(offset / SECTOR_BYTES);
    return pool.u8(pool.withTwoU32(template, 0, 0, sector), offset % SECTOR_BYTES);
  };
  const error = quiet.create(path) ?? quiet.append(path, bytes, content);
  if (error !== undefined) throw new Error(`${path} of ${bytes} bytes cannot be made: ${error}`);
  return { path, ino: inodeAt(disk, quiet.layout, path) };
}
