/**
 * One way through what can happen, walked again and told, and what a crash at its end leaves.
 *
 * In free timing there is no time to tell: what happened is told by how many events there had been.
 */
import { divergenceIn } from '../../aftermath/divergence.js';
import { judge } from '../../aftermath/judge.js';
import { recoverInterrupted, recoveryTime } from '../../aftermath/recover.js';
import { ownersOf } from '../../ext2/owners.js';
import type { Happening } from '../../machine/happening.js';
import type { FixStrategy } from '../../machine/strategy.js';
import { regionOf } from '../../media/geometry.js';
import type { Scenario } from '../../scenario/scenario.js';
import { instantOf } from '../../sim/time.js';
import { conditionsOf, lastInstant, type Wanted } from '../explore.js';
import { laboratory } from '../laboratory.js';
import type { Divergence, RecoverySummary } from '../outcome.js';
import type { Way } from './search.js';
import { walked } from './walked.js';

export interface ToldWay {
  readonly happenings: readonly Happening[];
  readonly divergence: readonly Divergence[];
  readonly recovery: RecoverySummary;
  nameOf(sector: number): string;
  regionOf(sector: number): number;
}

export function tellWay(
  scenario: Scenario,
  strategy: FixStrategy,
  wanted: Pick<Wanted, 'timing' | 'levels'>,
  way: Way,
): ToldWay {
  const lab = laboratory(scenario, strategy, conditionsOf(wanted));
  const { world, layout, pace } = lab;
  const isFree = wanted.timing === 'free';
  const happenings: Happening[] = [];
  let step = 0;
  const now = (): number => (isFree ? step : world.now);
  world.trace.listen((told) => {
    happenings.push(isFree ? { ...told, at: instantOf(now()) } : told);
  });
  const until = lastInstant(scenario, wanted.timing);
  const { image, promises, applicationsSectors } = walked(lab, until, way, (n) => {
    step = n;
  });
  world.trace.listen(undefined);
  happenings.push({ kind: 'crash', at: instantOf(now()), actor: 'power' });
  const recovered = recoverInterrupted(image, scenario.recovery.interruptedAt);
  const { divergence } = judge(recovered.image, promises, [], applicationsSectors);
  const owners = ownersOf(world.memory, layout);
  const { geometry } = world;
  return {
    happenings,
    divergence: divergenceIn(recovered.image, divergence),
    recovery: {
      resyncedRegions: recovered.resyncedRegions,
      resyncBytes: recovered.resyncBytes,
      durationNs: recoveryTime(image, pace),
    },
    nameOf: (sector) => owners.ofSector(sector),
    regionOf: (sector) => regionOf(geometry, sector),
  };
}
