/** The parts of a machine that count what the strategy costs. They change nothing that happens. */
import type { BlockSums } from './block-sums.js';
import type { Coverage } from './coverage.js';
import type { Mirror } from './mirror.js';
import type { PageCache } from './page-cache.js';
import type { PrivateCopies } from './private-copies.js';
import type { RegionHelper } from './region-helper.js';
import type { StoreGate } from './store-gate.js';
import type { WriteLatency } from './write-latency.js';
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
