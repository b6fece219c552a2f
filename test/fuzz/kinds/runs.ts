/** Scenarios and schedules with answers given in advance, spoilt; what is taken is run. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { experiment } from '../../../src/lab/experiment.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { jsonText } from '../../../src/report/run-json.js';
import { loadScenario } from '../../../src/scenario/load.js';
import { printScenario } from '../../../src/scenario/print.js';
import { loadSchedule, plainSchedule, type Schedule } from '../../../src/scenario/schedule.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { recorded, scheduleOf } from '../../../src/sim/recording.js';
import { seeded } from '../../../src/sim/seeded.js';
import { SHIPPED } from '../../../src/strategies/shipped.js';
import { smallScenario } from '../../support/small-scenario.js';
import { edited, edits } from '../edits.js';
import { fitToShow } from '../fit-to-show.js';
import { kind, type Answer } from '../kind.js';
import { isShort, shortRun } from '../short-run.js';
import { comesBack, refused } from './scenario-text.js';

const WORKLOADS = [
  '{ app: [{ create: /a }, { append: [/a, 1KiB] }, { fsync: /a }, { append: [/a, 2KiB] }] }',
  '{ one: [{ create: /a }, { append: [/a, 3KiB] }, { store: [/a, 0B, 1KiB] }, { repeat: { every: { uniform: [1ms, 40ms] }, do: [{ overwrite: [/a, 512B, 1KiB] }, { fsync: /a }] } }], two: [sync, { create: /b }] }',
  '{ app: [{ create: "/ä b" }, { append: ["/ä b", 4KiB] }, { direct: ["/ä b", 0B, 1KiB] }, { scribble: ["/ä b", 0B, 512B] }, { unlink: "/ä b" }] }',
];
const CRASHES = ['first-exposed', 'random', '3s', 'none'];

/** Each with the answers of a run of its own. */
function withChoices(): readonly Scenario[] {
  return WORKLOADS.flatMap((workload, n) =>
    CRASHES.map((crash, m) => {
      const scenario = smallScenario(
        'duration=6s',
        `workload=${workload}`,
        `crash=${crash}`,
        'aftermath=[fsck, { create: /n }, { append: [/n, 1KiB] }, { read: /n }]',
        'preemption={ uniform: [0us, 3ms] }',
        `mirror.regionSize=${m % 2 === 0 ? '4KiB' : '256KiB'}`,
      );
      return { ...scenario, choices: answersOf(scenario, `${n * 7 + m}`) };
    }),
  );
}

function answersOf(scenario: Scenario, seed: string): Scenario['choices'] {
  const lab = laboratory(scenario, SHIPPED[0]!);
  const entropy = recorded(seeded(seed));
  experiment({ ...lab, scenario: { ...scenario, crash: { kind: 'none' } } }, () => entropy);
  return scheduleOf(entropy.choices).slice(0, 30);
}

/** Scenario files that are short to run: spoilt, and run where they are taken all the same. */
export const RUNS = kind('scenarios that run', () => {
  const texts = withChoices().flatMap((scenario) => [
    printScenario(scenario),
    printScenario({ ...scenario, choices: undefined }),
  ]);
  const strategies = fc.constantFrom(...SHIPPED);
  const text = fc.tuple(fc.constantFrom(...texts), edits).map(([one, all]) => edited(one, all));
  return {
    inputs: fc.tuple(text, strategies, fc.nat(1e6)),
    judge([file, strategy, seed]): Answer {
      const loaded = loadScenario(file, { file: 'x.yaml', name: 'x' });
      if (!loaded.ok) return refused(loaded.problems);
      comesBack(loaded.scenario);
      if (isShort(loaded.scenario)) shortRun(loaded.scenario, strategy, `${seed}`);
      return 'right';
    },
  };
});

export const SCHEDULES = kind('schedule files', () => {
  const texts = withChoices().map((scenario, n) => {
    const sha256 = n % 3 === 0 ? 'ab'.repeat(32) : undefined;
    const failure = { outcome: 'harmed', harm: 'block-lost', block: undefined } as const;
    const strategy = { name: sha256 === undefined ? 'clear-when-idle' : './my.js', sha256 };
    return jsonText(plainSchedule({ version: '0.1.0', strategy, failure, scenario }));
  });
  return {
    inputs: fc.tuple(fc.constantFrom(...texts), edits).map(([text, all]) => edited(text, all)),
    judge(text) {
      const loaded = loadSchedule(text, { file: 'x.json' });
      if (!loaded.ok) return refused(loaded.problems);
      const { schedule } = loaded;
      fitToShow(`${schedule.version} ${schedule.strategy.name} ${schedule.scenario.name}`);
      scheduleComesBack(schedule);
      const strategy = SHIPPED.find(({ name }) => name === schedule.strategy.name);
      if (strategy !== undefined && isShort(schedule.scenario)) {
        shortRun(schedule.scenario, strategy, '1');
      }
      return 'right';
    },
  };
});

function scheduleComesBack(schedule: Schedule): void {
  const again = loadSchedule(jsonText(plainSchedule(schedule)), { file: 'y.json' });
  if (!again.ok) throw new Error('its print is refused');
  if (!isDeepStrictEqual(again.schedule, schedule)) throw new Error('its print says otherwise');
}
