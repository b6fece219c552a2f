/**
 * The shortest way to a divergence as a scenario of its own, with its answers as its choices: what
 * can be run, shrunk and kept like any other failure.
 *
 * In free timing the scenario says so. Else the few latencies with which everything was tried
 * become its latencies. Leaves out the bound of a search with timing: a run has none.
 */
import type { Wanted } from '../explore.js';
import type { Step } from '../../machine/program.js';
import type { Drive } from '../../media/drives.js';
import { atLevels, latencyModel, type Spread } from '../../media/latency.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Choice } from '../../sim/entropy.js';
import { scheduleOf } from '../../sim/recording.js';

export function witnessOf(
  scenario: Scenario,
  { timing, levels }: Pick<Wanted, 'timing' | 'levels'>,
  way: readonly Choice[],
): Scenario {
  const fixed = { crash: { kind: 'first-exposed' }, choices: scheduleOf(way) } as const;
  if (timing === 'free') return { ...scenario, ...fixed, timing };
  return { ...withSpreads(scenario, (spread) => listed(spread, levels)), ...fixed };
}

/** As many latencies as the search had, so that each question keeps its number of answers. */
function listed(spread: Spread, levels: number): Spread {
  const model = atLevels(latencyModel(spread), levels);
  const values = Array.from({ length: model.bound }, (_, answer) => model.at(answer));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { kind: 'uniform', from: only, to: only };
  return { kind: 'list', values };
}

function withSpreads(scenario: Scenario, change: (spread: Spread) => Spread): Scenario {
  const drive = (all: Drive): Drive => ({
    ...all,
    firstSample: change(all.firstSample),
    durable: change(all.durable),
  });
  const { mirror, workload } = scenario;
  return {
    ...scenario,
    mirror: { ...mirror, legs: mirror.legs.map(drive), log: drive(mirror.log) },
    preemption: change(scenario.preemption),
    workload: workload.map((app) => ({ ...app, steps: stepsWith(app.steps, change) })),
  };
}

function stepsWith(steps: readonly Step[], change: (spread: Spread) => Spread): readonly Step[] {
  return steps.map((step) => {
    switch (step.do) {
      case 'sleep':
        return { ...step, for: change(step.for) };
      case 'repeat':
        return { ...step, every: change(step.every), steps: stepsWith(step.steps, change) };
      default:
        return step;
    }
  });
}
