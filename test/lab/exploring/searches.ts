/** Both searches over one scenario, and what each finds. */
import { conditionsOf, lastInstant } from '../../../src/lab/explore.js';
import { searchStates } from '../../../src/lab/exploring/reduced.js';
import type { Paths } from '../../../src/lab/exploring/search.js';
import { searchRuns } from '../../../src/lab/exploring/unreduced.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import type { World } from '../../../src/machine/world.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { Fingerprint } from '../../../src/sim/fingerprint.js';
import type { Timing } from '../../../src/sim/agenda.js';

export interface Part {
  readonly timing: Timing;
  /** Events before the search begins, and events after which it ends. */
  readonly lead?: number;
  readonly mostSteps?: number;
}

export interface Found {
  readonly paths: Paths | undefined;
  readonly shortestSteps: number;
  /** What the disks hold where a crash would end in divergence, and where nothing happens any more. */
  readonly divergent: readonly string[];
  readonly ends: readonly string[];
}

const MOST_SCHEDULES = 400_000;

export function unreduced(scenario: Scenario, strategy: FixStrategy, part: Part): Found {
  const { options, divergent, ends } = watched(scenario, strategy, part);
  const { isComplete, shortestSteps, ...paths } = searchRuns({
    ...options,
    mostSchedules: MOST_SCHEDULES,
  });
  if (!isComplete) throw new Error(`more than ${MOST_SCHEDULES} schedules: too large for a test`);
  return { paths, shortestSteps, divergent: sorted(divergent), ends: sorted(ends) };
}

export function reduced(scenario: Scenario, strategy: FixStrategy, part: Part): Found {
  const { options, divergent, ends } = watched(scenario, strategy, part);
  const { graph, shortest } = searchStates({
    ...options,
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
  };
}

function watched(scenario: Scenario, strategy: FixStrategy, part: Part) {
  const { timing, lead = 0, mostSteps = Infinity } = part;
  const { world } = laboratory(scenario, strategy, conditionsOf({ timing, levels: 2 }));
  const divergent = new Set<string>();
  const ends = new Set<string>();
  const watch = {
    diverges: () => divergent.add(disksOf(world)),
    ends: () => ends.add(disksOf(world)),
  };
  const until = lastInstant(scenario, timing);
  const options = { world, until, countsAll: false, lead, mostSteps, watch };
  return { options, divergent, ends };
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
