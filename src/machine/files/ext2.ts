/**
 * A mounted ext2: what its operations share. Made once a world; everything that changes stands in
 * the arena's banks.
 */
import type { DirectIo } from './direct-io.js';
import type { DirtyBalance } from '../memory/dirty-balance.js';
import type { DirtyInodes } from '../memory/dirty-inodes.js';
import type { Inodes } from './inodes.js';
import type { Lru } from '../memory/lru.js';
import type { Mappings } from './mappings.js';
import type { Memory } from '../memory/memory.js';
import type { PageCache } from '../memory/page-cache.js';
import type { Promises } from './promises.js';
import type { StoreGate } from '../memory/store-gate.js';
import type { SuperBlock } from './super-block.js';
import type { Layout } from '../../ext2/layout.js';
import type { Reservations } from '../../ext2/reservations.js';

export interface Ext2 {
  readonly layout: Layout;
  readonly memory: Memory;
  readonly cache: PageCache;
  readonly gate: StoreGate;
  readonly lru: Lru;
  readonly mappings: Mappings;
  readonly direct: DirectIo;
  readonly dirty: DirtyInodes;
  readonly inodes: Inodes;
  readonly superBlock: SuperBlock;
  readonly windows: Reservations;
  readonly promises: Promises;
  /** `file_update_time`: a store that changes a file's times makes its inode dirty. */
  readonly updateTimes: (file: number) => void;
  /** Told of every page that a thread dirties. */
  readonly balance: DirtyBalance;
}

/** The thread that runs an operation. */
export interface Thread {
  readonly name: string;
  readonly pid: number;
  readonly slot: number;
}
