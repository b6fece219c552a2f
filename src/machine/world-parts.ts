/** What a world is made of. */
import type { Application } from './application.js';
import type { Devices } from './mirror/devices.js';
import type { Exposure } from './mirror/exposure.js';
import type { Happening } from './happening.js';
import type { Inodes } from './files/inodes.js';
import type { Lru } from './memory/lru.js';
import type { Memory } from './memory/memory.js';
import type { Mirror } from './mirror/mirror.js';
import type { PriceMeters } from './price-meters.js';
import type { Promises } from './files/promises.js';
import type { Renaming } from './renaming.js';
import type { RegionHash } from './mirror/region-hash.js';
import type { Layout } from '../ext2/layout.js';
import type { LogDevice } from '../media/log-device.js';
import type { Agenda, Task } from '../sim/agenda.js';
import type { Arena } from '../sim/arena.js';
import type { Doors } from '../sim/door.js';
import type { Fingerprint } from '../sim/fingerprint.js';
import type { Trace } from '../sim/trace.js';

export interface WorldParts {
  readonly arena: Arena;
  readonly agenda: Agenda;
  readonly doors: Doors;
  readonly fingerprint: Fingerprint;
  readonly trace: Trace<Happening>;
  /** By slot. */
  readonly tasks: readonly Task[];
  readonly layout: Layout;
  readonly memory: Memory;
  readonly inodes: Inodes;
  /** Files that are there at boot, by inode slot. */
  readonly files: readonly { readonly slot: number; readonly ino: number }[];
  readonly devices: Devices;
  readonly regions: RegionHash;
  readonly mirror: Mirror;
  readonly log: LogDevice;
  readonly exposure: Exposure;
  /** Of sectors that are the application's responsibility. */
  readonly byApplication: Exposure;
  readonly promises: Promises;
  readonly prices: PriceMeters;
  /** pdflush and kswapd. */
  readonly daemons: readonly { reset(): void }[];
  readonly lru: Lru;
  readonly applications: readonly Application[];
  /** Whether what nobody sees goes at once: see Task. */
  readonly goesOnUnseen: boolean;
  /** undefined: what sectors hold stays what was stored. */
  readonly renaming: Renaming | undefined;
  readonly initiallyInSync: boolean;
  readonly mostEvents: number;
  /** Values that the pool holds for good; all others are of runs. Infinity: none is forgotten. */
  readonly baseValues: number;
}
