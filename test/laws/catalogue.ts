/** All laws as trials, for whoever asks whether the program would have noticed. */
import { experiment } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { KERNEL_NAMES } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import {
  FAR_BENCH,
  FULL_LOG_BENCH,
  LARGE_BENCHES,
  SHORT_BENCH,
  SMALL_BENCHES,
  TORN_BENCH,
  TWO_EXPOSED_BENCH,
  EXCEPTIONS,
  casesOf,
  type Bench,
  type Case,
} from './benches.js';
import { exposedCandidates } from './candidates.js';
import { disorderAfterRepair, quietDisorder } from './consistency.js';
import { wrongCopying } from './copying.js';
import { SYNCS, UNLINKS, disorderAfterDeletion } from './deletions.js';
import { disagreements, wrongShare } from './exposure-agreement.js';
import { idleKswapd, wrongWaits } from './kernels.js';
import { lawOf, type Law } from './law.js';
import { wrongLayout } from './layout.js';
import { lostStoreBenches, underWriteBenches } from './lost-stores.js';
import {
  LEAST_IDLE_NS,
  hastyClears,
  unequalClears,
  unflushedClears,
  untimelyBits,
} from './marks.js';
import { crossings, unmarkedWrites } from './order.js';
import { brokenPromises, promiseBenches } from './promises.js';
import { disorderAfterWork, wrongPlaceInNextGroup } from './quiet-work.js';
import { quietBenches, unquiet, unwritten } from './quiet.js';
import { crashes, interruptions, recoveries } from './recovery.js';
import { wrongSamples } from './sampling.js';
import { oneSidedTies } from './ties.js';
import { wrongCovers } from './told-cover.js';
import { DIRECT, GRID, RECOVERING, benchNamed, trouble } from './whole-run.js';
import {
  cleanWrites,
  unsyncedSectors,
  wrongAges,
  wrongAgesAfterSync,
  wrongOrder,
} from './writeback.js';

/** Reads through a page cache only, legs in sync from the start, and no copy made by a store. */
export const SAMPLED_CASES: readonly Case[] = casesOf('sampling', SMALL_BENCHES).filter(
  ([, bench, { mirror }, { stores }]) =>
    bench !== DIRECT && mirror.initially === 'in-sync' && stores !== 'copy',
);

/** An O_DIRECT write is of the application's buffer: no page is made dirty for it. */
const CACHED = SMALL_BENCHES.filter(([bench]) => bench !== DIRECT);
export const CACHED_CASES: readonly Case[] = casesOf('clean writes', CACHED);

/** Where only a strategy clears marks, not a recovery. */
export const IN_SYNC = SMALL_BENCHES.filter(([, { mirror }]) => mirror.initially === 'in-sync');

/** Strategies that go by time. */
export const HASTY_CASES: readonly Case[] = casesOf('hasty', IN_SYNC).filter(
  ([name]) => name in LEAST_IDLE_NS,
);

export const FLUSHING = benchNamed('a kernel that flushes caches');

/** One strategy for each kind of record. */
export const RECORDS = [
  'activity-log',
  'md-bitmap',
  'clear-when-idle',
  'md-llbitmap',
  'md-safemode',
  'core-log',
];
export const TOLD_CASES: readonly Case[] = casesUnder(RECORDS, [
  ...SMALL_BENCHES,
  ...quietBenches(),
]);

/** Transactions that are torn for long, and a bitmap of what is out of sync. */
const TELLING = [GRID, RECOVERING].map((name): Bench => [name, benchNamed(name)]);

export const LOST_STORE_CASES: readonly Case[] = casesOf('lost stores', lostStoreBenches());
export const UNDER_WRITE_CASES: readonly Case[] = casesOf('under write', underWriteBenches());

const MAY_STAY = EXCEPTIONS['what is quiet is clean'] ?? {};
const MD = ['md-bitmap', 'md-safemode', 'md-llbitmap'];
const EXPOSED = ['clear-when-idle', ...MD, 'activity-log', 'clear-after-period'];

export const LAWS: readonly Law[] = [
  lawOf('requests stay in a region', casesOf('cut', SMALL_BENCHES), (one) =>
    crossings(one[2], one[3], '3'),
  ),
  markedFirst('dm-log', casesUnder(['clear-when-idle'], [FAR_BENCH, ...SMALL_BENCHES])),
  markedFirst('md', casesUnder(['md-bitmap', 'md-llbitmap'], SMALL_BENCHES)),
  markedFirst('clean flag', casesUnder(['md-safemode'], SMALL_BENCHES)),
  markedFirst('activity log', casesUnder(['activity-log'], [FULL_LOG_BENCH, ...SMALL_BENCHES])),
  tellsTrue('dm-log', casesUnder(['clear-when-idle'], TELLING)),
  tellsTrue('md', casesUnder(['md-bitmap', 'md-llbitmap'], quietBenches())),
  tellsTrue('activity log', casesUnder(['activity-log'], [...TELLING, TORN_BENCH])),
  lawOf('legs hold what they sampled', SAMPLED_CASES, (one) => {
    return wrongSamples(one[2], one[3], '1').faults;
  }),
  lawOf('nothing clean is written', CACHED_CASES, (one) => cleanWrites(one[2], one[3], '1')),
  lawOf('marks stay their time', HASTY_CASES, (one) => hastyClears(one[2], one[3], '1').faults),
  lawOf('sums tell what changed', casesUnder(['checksum-compare'], IN_SYNC), (one) => {
    return unequalClears(one[2], one[3], '1').faults;
  }),
  bySeed('caches are flushed first', (seed) => unflushedClears(FLUSHING, seed).faults),
  bySeed('bits land in their time', (seed) => untimelyBits(FAR_BENCH[1], seed).faults),
  bySeed('pdflush waits 30 s', wrongAges),
  bySeed('what raced a sync() is young', wrongAgesAfterSync),
  bySeed('pages in their order', wrongOrder),
  bySeed('sync() waits for all', unsyncedSectors),
  bySeed('kswapd keeps up', idleKswapd),
  byName('kernels wait as they do', KERNEL_NAMES, (kernel) => wrongWaits(kernel, ['1', '2', '3'])),
  lawOf('fsync keeps its promise', casesOf('promises', promiseBenches()), (one) => {
    return brokenPromises(one[2], one[3], '4').broken;
  }),
  lawOf('quiet is quiet', casesOf('quiet', quietBenches()), (one) =>
    unquiet(one[2], one[3], '5', one[0] in MAY_STAY),
  ),
  lawOf('no store is lost', LOST_STORE_CASES, (one) => unwritten(one[2], one[3], '1')),
  // Who writes a copy comes to a buffer that is locked, and passes over it.
  lawOf(
    'no store under write is lost',
    casesUnder(['bounce-copy', 'copy-on-store'], underWriteBenches()),
    (one) => unwritten(one[2], one[3], '1'),
  ),
  lawOf('files are in order', casesOf('order of files', quietBenches()), (one) =>
    quietDisorder(one[2], one[3], '5'),
  ),
  byName('files lie where ext2 puts them', ['1', '3', '15'], (pid) => [
    ...wrongLayout('1KiB', '8MiB', Number(pid)),
    ...wrongLayout('4KiB', '128MiB', Number(pid)),
  ]),
  byName('the next group is filled from its start', ['group 1'], wrongPlaceInNextGroup),
  bySeed('what is deleted has no users', (seed) => [
    ...disorderAfterDeletion(SYNCS, seed),
    ...disorderAfterDeletion(UNLINKS, seed),
  ]),
  bySeed('quiet work leaves fsck nothing to say', disorderAfterWork),
  lawOf('fsck repairs all', casesOf('fsck', SMALL_BENCHES), (one) => {
    return disorderAfterRepair(one[2], one[3], '2').faults;
  }),
  bySeed('a first recovery goes on in its order', wrongCopying),
  recovered('recovery', casesOf('recovery', [...SMALL_BENCHES, ...LARGE_BENCHES])),
  recovered('recovery to the very end', casesOf('recovery', [SHORT_BENCH])),
  lawOf(
    'a crash diverges where exposed',
    casesUnder(EXPOSED, [...SMALL_BENCHES, ...LARGE_BENCHES]),
    (one) => disagreements(one[2], one[3], ['1'], 12).disagreements,
  ),
  lawOf('a share is that of its windows', casesUnder(EXPOSED, [TWO_EXPOSED_BENCH]), (one) =>
    wrongShare(one[2], one[3], '1'),
  ),
  bySeed('idea 4 clears equal legs', (seed) => exposedCandidates(seed).faults),
  lawOf('idea 1 is safe', casesUnder(['lock-pages'], [...lostStoreBenches(), ...CACHED]), (one) =>
    trouble(one, '1'),
  ),
  lawOf('private copies are safe', casesUnder(['copy-on-store', 'bounce-copy'], CACHED), (one) =>
    trouble(one, '1'),
  ),
  byName('ties go both ways', ['12 seeds'], () => oneSidedTies(12)),
  lawOf('a reset world is new', casesOf('determinism', SMALL_BENCHES), afterAnother),
];

/** Shipped strategies by name, on each of the benches. */
function casesUnder(names: readonly string[], benches: readonly Bench[]): Case[] {
  return casesOf('by name', benches).filter(([name]) => names.includes(name));
}

function markedFirst(record: string, cases: readonly Case[]): Law {
  return lawOf(`${record}: marked before it is written`, cases, (one) => {
    return unmarkedWrites(one[2], one[3], '1').broken;
  });
}

function tellsTrue(record: string, cases: readonly Case[]): Law {
  return lawOf(`${record}: says what it told`, cases, (one) => {
    return wrongCovers(one[2], one[3], '1', 2).faults;
  });
}

function recovered(name: string, cases: readonly Case[]): Law {
  return lawOf(`${name} copies what is marked`, cases, ([, , scenario, strategy]) => {
    const images = crashes(scenario, strategy, '1', 8);
    return [...recoveries(images).broken, ...interruptions(images).broken];
  });
}

function afterAnother([, , scenario, strategy]: Case): string[] {
  const fresh = experiment(laboratory(scenario, strategy), () => seeded('3'));
  const used = laboratory(scenario, strategy);
  experiment(used, () => seeded('8'));
  const again = experiment(used, () => seeded('3'));
  return JSON.stringify(fresh) === JSON.stringify(again) ? [] : ['another run came before it'];
}

function bySeed(name: string, faults: (seed: string) => readonly string[]): Law {
  return byName(name, ['1', '2', '3', '4', '5', '6'], faults);
}

function byName<T extends string>(
  name: string,
  names: readonly T[],
  faults: (one: T) => readonly string[],
): Law {
  return { name, trials: names.map((what) => ({ what, faults: () => faults(what) })) };
}
