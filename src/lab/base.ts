/**
 * The disks before a run: made once for a scenario, shared by all its worlds' runs, never changed.
 */
import type { Scenario } from '../scenario/scenario.js';
import type { Layout } from '../ext2/layout.js';
import { mkfs } from '../ext2/mkfs.js';
import { setMounted } from '../ext2/superblock.js';
import { SECTOR_BYTES } from '../media/geometry.js';
import { SectorPool } from '../media/sector-pool.js';
import { DenseSectors } from '../media/sectors.js';

export interface Base {
  readonly pool: SectorPool;
  readonly layout: Layout;
  readonly memory: Int32Array;
  readonly legs: readonly Int32Array[];
  /** By region: sectors in which the legs differ. */
  mismatches(regionSectors: number): Int32Array;
}

/**
 * A mounted, empty file system on the first leg; the others are equal, or blank until a first
 * recovery has run.
 */
export function baseOf(scenario: Scenario): Base {
  const { blockBytes, bytes } = scenario.filesystem;
  const pool = new SectorPool();
  const disk = new DenseSectors(pool, bytes / SECTOR_BYTES);
  const layout = mkfs(disk, { blockBytes, blocks: bytes / blockBytes });
  setMounted(disk, layout, true);
  const blank = new Int32Array(disk.count);
  const inSync = scenario.mirror.initially === 'in-sync';
  const legs = scenario.mirror.legs.map((_, n) => (n === 0 || inSync ? disk.values : blank));
  return {
    pool,
    layout,
    memory: disk.values,
    legs,
    mismatches(regionSectors) {
      const counts = new Int32Array(Math.ceil(disk.count / regionSectors));
      for (let sector = 0; sector < disk.count; sector++) {
        const differs = legs.some((leg) => leg[sector] !== disk.values[sector]);
        if (differs) counts[Math.floor(sector / regionSectors)]!++;
      }
      return counts;
    },
  };
}
