/**
 * The core log of dm-raid1: bits in memory only, so after a crash everything is copied.
 *
 * Follows: drivers/md/dm-log.c `core_ctr`, `core_flush` (does nothing) and `core_resume` of 2.6.25;
 * the same in 6.19. Leaves out: the option nosync, with which nothing is ever copied.
 */
import type { Geometry } from './geometry.js';
import { nothingToWrite, type RecordFormat } from './record-format.js';

export function coreLog({ regions }: Geometry): RecordFormat {
  return {
    kind: 'core',
    bytes: 0,
    mostMarked: 0,
    remembers: 0,
    format: () => undefined,
    recall: () => undefined,
    mark: () => false,
    clear: () => false,
    setActive: () => false,
    isActive: () => false,
    prepare: (_, write) => {
      nothingToWrite(write);
    },
    land: () => {
      throw new Error('a core log is never written');
    },
    coverage: () => new Uint8Array(regions).fill(1),
  };
}
