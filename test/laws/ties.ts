/**
 * What is due at one instant has no order: a store at the very instant at which leg 0 samples its
 * sector comes before that, and both legs agree, or after it, and leg 1 alone has it.
 */
import { experiment } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { seeded } from '../../src/sim/seeded.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../support/small-scenario.js';

/** fsync() writes at 1 s; two marks are durable at 1,006.02 ms, 1 ms later leg 0 samples. */
const AT_THE_SAMPLE = smallScenario(
  'duration=3s',
  'workload={ app: [{ create: /a }, { append: [/a, 512B] }, { at: 1s }, { fsync: /a }], other: [{ at: 1007020us }, { store: [/a, 0B, 512B] }] }',
);

/** Of so many seeds some are to come to it, and some not. */
export function oneSidedTies(seeds: number): string[] {
  const lab = laboratory(AT_THE_SAMPLE, clearWhenIdle);
  let split = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    split += +(experiment(lab, () => seeded(String(seed))).exposure.fraction > 0);
  }
  if (split === 0) return ['a store at the instant of a sample was always before it'];
  return split === seeds ? ['a store at the instant of a sample was always after it'] : [];
}
