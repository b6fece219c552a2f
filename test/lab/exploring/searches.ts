/** Both searches over one scenario, and what each finds. */
import { divergenceIn } from '../../../src/aftermath/divergence.js';
import { judge } from '../../../src/aftermath/judge.js';
import { recoverInterrupted } from '../../../src/aftermath/recover.js';
import { conditionsOf, lastInstant } from '../../../src/lab/explore.js';
import { Kinds } from '../../../src/lab/exploring/kinds.js';
import { searchStates } from '../../../src/lab/exploring/reduced.js';
import type { Paths } from '../../../src/lab/exploring/search.js';
import { searchRuns } from './unreduced.js';
import { kindOfBlock } from '../../../src/lab/failure.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import type { World } from '../../../src/machine/world.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { regionOf } from '../../../src/media/geometry.js';
import { toResync } from '../../../src/media/record.js';
import { Fingerprint } from '../../../src/sim/fingerprint.js';
import type { Timing } from '../../../src/sim/agenda.js';

export interface Part {
  readonly timing: Timing;
  /** Events before the search begins, and events after which it ends. */
  readonly lead?: number;
  readonly mostSteps?: number;
  /** Whether each step counts, even those that nobody sees. */
  readonly stepByStep?: boolean;
  /** Whether what an application does to itself counts. */
  readonly countsAll?: boolean;
  /** Whether contents are told apart only by who else holds them. */
  readonly renames?: boolean;
}

export interface Found {
  readonly paths: Paths | undefined;
  readonly shortestSteps: number;
  /**
   * What the disks hold where a crash would end in divergence, and where nothing happens any more.
   */
  readonly divergent: readonly string[];
  readonly ends: readonly string[];
  /** What came of the crashes, and whose fault it was. */
  readonly kinds: readonly string[];
}

const MOST_SCHEDULES = 400_000;
const MOST_STATES = 300_000;

/** What crashes can leave: all of it, and where it ends in divergence. */
export interface Left {
  readonly states: number;
  readonly disks: readonly string[];
  readonly divergent: readonly string[];
  readonly ends: readonly string[];
}

/** `seen`: what is told of a world: the bytes of its disks, or who holds the same as who. */
export function leftBy(
  scenario: Scenario,
  strategy: FixStrategy,
  part: Part,
  seen = disksOf,
): Left {
  const { options, divergent, ends } = watched(scenario, strategy, part, seen);
  const disks = new Set<string>();
  const { world } = options;
  const { states, end } = searchStates({
    ...options,
    watch: { ...options.watch, meets: () => disks.add(seen(world)) },
    mostStates: MOST_STATES,
    untilFirst: false,
    stop: () => false,
  });
  if (end !== 'complete') throw new Error(`more than ${MOST_STATES} states: too large for a test`);
  return {
    states,
    disks: sorted(disks),
    divergent: sorted(divergent),
    ends: sorted(ends),
  };
}

export function unreduced(scenario: Scenario, strategy: FixStrategy, part: Part): Found {
  const { options, divergent, ends } = watched(scenario, strategy, part);
  const { world, watch } = options;
  const kinds = new Set<string>();
  const diverges = (): void => {
    watch.diverges();
    for (const kind of judged(world, scenario)) kinds.add(kind);
  };
  const { isComplete, shortestSteps, ...paths } = searchRuns({
    ...options,
    watch: { ...watch, diverges },
    mostSchedules: MOST_SCHEDULES,
  });
  if (!isComplete) throw new Error(`more than ${MOST_SCHEDULES} schedules: too large for a test`);
  return {
    paths,
    shortestSteps,
    divergent: sorted(divergent),
    ends: sorted(ends),
    kinds: sorted(kinds),
  };
}

export function reduced(scenario: Scenario, strategy: FixStrategy, part: Part): Found {
  const { options, divergent, ends } = watched(scenario, strategy, part);
  const { graph, shortest, kinds } = searchStates({
    ...options,
    kinds: new Kinds(options.world, scenario),
    mostStates: Infinity,
    untilFirst: false,
    stop: () => false,
  });
  const { mostSteps } = part;
  return {
    paths: mostSteps === undefined ? graph.paths() : graph.pathsWithin(mostSteps),
    shortestSteps: shortest?.steps ?? 0,
    divergent: sorted(divergent),
    ends: sorted(ends),
    kinds: sorted(
      new Set(kinds.map(({ whose, block, harm }) => `${whose}: ${harm ?? block ?? ''}`)),
    ),
  };
}

/** What comes of a crash now, judged anew each time. */
function judged(world: World, { recovery, aftermath }: Scenario): string[] {
  const { image } = recoverInterrupted(world.crash(), recovery.interruptedAt);
  const { divergence, harm } = judge(image, [], aftermath, world.applicationsSectors());
  const by = (own: boolean): string => (own ? 'application' : 'mirror');
  return [
    ...divergenceIn(image, divergence).map(
      (one) => `${by(one.byApplication)}: ${kindOfBlock(one.belongsTo)}`,
    ),
    ...harm.map((one) => `${by(one.byApplication)}: ${one.kind}`),
  ];
}

function watched(scenario: Scenario, strategy: FixStrategy, part: Part, seen = disksOf) {
  const { timing, lead = 0, mostSteps = Infinity, stepByStep = false, renames = false } = part;
  const { countsAll = false } = part;
  const conditions = { ...conditionsOf({ timing, levels: 2 }), stepByStep, renames };
  const { world } = laboratory(scenario, strategy, conditions);
  const divergent = new Set<string>();
  const ends = new Set<string>();
  const watch = {
    diverges: () => divergent.add(seen(world)),
    ends: () => ends.add(seen(world)),
  };
  const until = lastInstant(scenario, timing);
  const options = { world, until, countsAll, lead, mostSteps, watch };
  return { options, divergent, ends };
}

/**
 * The record, and of each sector that recovery leaves alone whether memory and the legs hold the
 * same, pair by pair.
 */
export function equalitiesOf(world: World): string {
  const { legs, record, geometry } = world.crash();
  const copied = new Set(toResync(record));
  const print = new Fingerprint();
  print.reset();
  for (let sector = 0; sector < world.memory.count; sector++) {
    if (copied.has(regionOf(geometry, sector))) continue;
    const held = [world.memory.get(sector), ...legs.map((leg) => leg.get(sector))];
    for (const value of held) print.mix(held.indexOf(value));
  }
  for (const byte of record.bytes) print.mix(byte);
  return print.text();
}

/** The legs and the record, by their bytes. */
function disksOf(world: World): string {
  const { legs, record } = world.crash();
  const print = new Fingerprint();
  print.reset();
  for (const leg of legs) {
    for (let sector = 0; sector < leg.count; sector++) {
      print.mix(leg.pool.digestLow(leg.get(sector)));
      print.mix(leg.pool.digestHigh(leg.get(sector)));
    }
  }
  for (const byte of record.bytes) print.mix(byte);
  return print.text();
}

function sorted(prints: ReadonlySet<string>): readonly string[] {
  return [...prints].sort();
}
