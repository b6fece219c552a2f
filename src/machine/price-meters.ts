/** The parts of a machine that count what the strategy costs. They change nothing that happens. */
import type { BlockSums } from './mirror/block-sums.js';
import type { Coverage } from './mirror/coverage.js';
import type { Mirror } from './mirror/mirror.js';
import type { PageCache } from './memory/page-cache.js';
import type { PrivateCopies } from './mirror/private-copies.js';
import type { RegionHelper } from './mirror/region-helper.js';
import type { StoreGate } from './memory/store-gate.js';
import type { WriteLatency } from './mirror/write-latency.js';
import type { LogDevice } from '../media/log-device.js';

export interface PriceMeters {
  readonly mirror: Mirror;
  readonly log: LogDevice;
  readonly coverage: Coverage;
  readonly latency: WriteLatency;
  readonly gate: StoreGate;
  readonly cache: PageCache;
  readonly helper: RegionHelper;
  readonly copies: PrivateCopies | undefined;
  readonly sums: BlockSums | undefined;
}
