/**
 * What the strategy at hand needs: private copies, sums, its keeper, its helper thread, its flag.
 */
import type { Ground } from './ground.js';
import { BlockSums } from '../../machine/mirror/block-sums.js';
import { CleanFlag } from '../../machine/mirror/clean-flag.js';
import { InFlight } from '../../machine/mirror/in-flight.js';
import type { Memory } from '../../machine/memory/memory.js';
import { PrivateCopies } from '../../machine/mirror/private-copies.js';
import { RegionAges } from '../../machine/mirror/region-ages.js';
import { RegionHash } from '../../machine/mirror/region-hash.js';
import { RegionHelper } from '../../machine/mirror/region-helper.js';
import { RegionKeeper } from '../../machine/mirror/region-keeper.js';
import { SECTORS_PER_PAGE } from '../../media/geometry.js';
import type { FixStrategy } from '../../machine/strategy.js';
import { WriteLatency } from '../../machine/mirror/write-latency.js';
import { bufferIn } from '../../media/record-buffer.js';
import { recordFormat } from '../../media/record.js';
import type { Requests } from '../../media/requests.js';

/** Room for private copies of writes in flight: 32 MiB of memory of the machine. */
const COPIED_SECTORS = 1 << 16;

/** Where everything is tried each word counts: room for the device several times over is enough. */
export function copiesFor({ strategy, geometry, conditions }: Ground): number {
  const { stores, legsRead } = strategy;
  if (stores !== 'copy' && legsRead !== 'private-copy') return 0;
  const tried = 8 * Math.max(geometry.sectors, SECTORS_PER_PAGE);
  return conditions.isBounded ? Math.min(tried, COPIED_SECTORS) : COPIED_SECTORS;
}

export interface Fix {
  readonly strategy: FixStrategy;
  readonly copies: PrivateCopies | undefined;
  readonly sums: BlockSums | undefined;
  readonly latency: WriteLatency;
  readonly inFlight: InFlight;
  readonly regions: RegionHash;
  readonly ages: RegionAges;
  readonly keeper: RegionKeeper;
  readonly helper: RegionHelper;
  readonly flag: CleanFlag;
}

/** `room`: where copies stand, those of others up to `from`. */
export function fixOn(
  ground: Ground,
  memory: Memory,
  requests: Requests,
  room: { readonly copies: Int32Array; readonly from: number },
): Fix {
  const { strategy, arena, agenda, slots, geometry, doors, preemption } = ground;
  const read = { requests, memory: memory.values, sectorsPerBlock: memory.sectorsPerBlock };
  const copies = copiesFor(ground) > 0 ? new PrivateCopies({ ...read, ...room }, arena) : undefined;
  const sums =
    strategy.comparesSums === true ? new BlockSums({ ...read, geometry }, arena) : undefined;
  const latency = new WriteLatency(requests.capacity, arena.meters);
  const copiesAll = strategy.legsRead === 'private-copy';
  const inFlight = new InFlight({ latency, copies, copiesAll, sums, agenda });
  const record = bufferIn(arena.state, recordFormat(strategy.record, geometry));
  const most = Math.min(
    strategy.mostMarked ?? geometry.regions,
    record.format.mostMarked || Infinity,
  );
  const regions = new RegionHash(record, geometry.regions, most, arena);
  const ages = new RegionAges(geometry.regions, agenda, slots.ages, arena);
  const kmirrord = slots.mirror;
  const keeper = new RegionKeeper(
    { strategy, regions, ages, agenda, kmirrord, door: doors.door('strategy') },
    arena.state,
  );
  const helper = new RegionHelper(
    { keeper, regions, agenda, slot: slots.helper, preemption, door: doors.door('region helper') },
    arena,
  );
  const flagSlots = { flag: slots.flag, kmirrord };
  const flag = new CleanFlag(record, strategy.cleanFlagAfter, agenda, flagSlots, arena.state);
  return { strategy, copies, sums, latency, inFlight, regions, ages, keeper, helper, flag };
}
