/**
 * Idea 4 with what it assumes: no thread stands between a store and its mark, and no page is given
 * up before its second write. Then a region that sync() left alone has equal legs.
 */
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { milliseconds } from '../../src/sim/time.js';
import { cleanCandidate } from '../../src/strategies/clean-candidate.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { run, windows } from './whole-run.js';

const LEG = drive('{ uniform: [0ms, 40ms] }', '{ uniform: [1ms, 40ms] }');

const WORK: Scenario = smallScenario(
  'duration=30s',
  `mirror.legs=[${LEG}, ${LEG}]`,
  'workload={ one: [{ create: /a }, { append: [/a, 9KiB] }, { fsync: /a }, { repeat: { every: { uniform: [1ms, 90ms] }, do: [{ overwrite: [/a, 1KiB, 3KiB] }] } }],' +
    ' two: [{ create: /b }, { append: [/b, 9KiB] }, { repeat: { every: { uniform: [1ms, 90ms] }, do: [{ store: [/b, 512B, 4KiB] }, { append: [/b, 10B] }] } }],' +
    ' three: [{ repeat: { every: { uniform: [50ms, 800ms] }, do: [{ fsync: /a }, { sleep: { uniform: [1ms, 200ms] } }, { fsync: /b }] } }] }',
);

const STRATEGY: FixStrategy = cleanCandidate({ period: milliseconds(400) });

export interface Candidates {
  readonly faults: readonly string[];
  readonly cleared: number;
  readonly raced: number;
}

export function exposedCandidates(seed: string): Candidates {
  const one = run(WORK, STRATEGY, seed);
  const { ours } = windows(one);
  const { world } = one.lab;
  const faults = ours === 0 ? [] : [`exposed ${ours} times, seed ${seed}`];
  return { faults, cleared: world.prices.coverage.clears, raced: world.raceHits };
}
