import { describe, expect, it } from 'vitest';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../../src/strategies/mark-until-unmount.js';
import { mdSafemode } from '../../../src/strategies/md-safemode.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';
import { reduced, unreduced, type Part } from './searches.js';

/**
 * What a search over states finds is held against running every schedule from the start: the same
 * number of schedules and crash points, the same disks, the same shortest way.
 */

/** One that diverges, one that never clears, one that clears with its record as a whole. */
const COMPARED = [clearWhenIdle, markUntilUnmount, mdSafemode];

const UNEQUAL = drive('{ list: [1ms, 5ms] }', '1ms');
const QUICK = drive('1ms', '1ms');
const RACE = [
  'duration=50s',
  'bound.writebacks=2',
  'fileTimes=stay',
  'files={ /page: 1KiB }',
  'filesystem.size=64KiB',
  `mirror.legs=[${UNEQUAL}, ${UNEQUAL}]`,
  `mirror.log=${QUICK}`,
];
const STORE = '{ store: [/page, 0B, 512B] }';
const LATER = '{ at: 30s }, { sleep: { list: [4ms, 7ms] } }';

/** Of them all the kinds of failure are told. */
const IN_TIME: Readonly<Record<string, readonly string[]>> = {
  'a store into a mapping': [`workload={ app: [${STORE}, ${LATER}, ${STORE}] }`],
  'an overwrite that can be preempted': [
    `workload={ app: [${STORE}, ${LATER}, { overwrite: [/page, 0B, 512B] }] }`,
    'preemption={ list: [0ms, 4ms] }',
  ],
  'fsync() and a store': [
    `workload={ app: [${STORE}, { at: 30s }, { sleep: 4ms }, ${STORE}], other: [{ at: 30003500us }, { fsync: /page }] }`,
    `mirror.legs=[${QUICK}, ${UNEQUAL}]`,
  ],
  'a buffer that changes under O_DIRECT': [
    'workload={ app: [{ direct: [/page, 0B, 512B] }], other: [{ sleep: { list: [6ms, 8ms] } }, { scribble: [/page, 0B, 512B] }] }',
  ],
};

describe.each(COMPARED.map((strategy) => [strategy.name, strategy] as const))(
  'in the scenario timing, under %s',
  (_, strategy) => {
    it.each(Object.entries(IN_TIME))('%s', (__, sets) => {
      const scenario = smallScenario(...RACE, ...sets);
      const part: Part = { timing: 'scenario', countsAll: true };
      const slow = unreduced(scenario, strategy, part);
      expect(reduced(scenario, strategy, part)).toEqual(slow);
      expect(slow.paths?.schedules).toBeGreaterThan(50);
    });
  },
);

/** Free timing has too many schedules to run each: nine events from several places have not. */
const PLACES: readonly Part[] = [0, 3, 5, 6, 7, 8, 9].map((lead) => {
  return { timing: 'free', lead, mostSteps: 8 };
});

describe.each(COMPARED.map((strategy) => [strategy.name, strategy] as const))(
  'in free timing, under %s',
  (_, strategy) => {
    it.each(PLACES)('$mostSteps events from event $lead on', (part) => {
      const scenario = shippedScenario('explore/one-page-2-stores.yaml');
      const slow = unreduced(scenario, strategy, part);
      expect(reduced(scenario, strategy, part)).toEqual(slow);
      expect(slow.paths?.crashPoints).toBeGreaterThan(100);
    });
  },
);

describe('what was compared', () => {
  it('diverged where dm-raid1 is as it is, in both timings', () => {
    const asItIs = clearWhenIdle;
    const race = smallScenario(...RACE, ...IN_TIME['a store into a mapping']!);
    expect(reduced(race, asItIs, { timing: 'scenario' }).divergent.length).toBeGreaterThan(0);
    const free = shippedScenario('explore/one-page-2-stores.yaml');
    const part: Part = { timing: 'free', lead: 8, mostSteps: 8 };
    expect(reduced(free, asItIs, part).divergent.length).toBeGreaterThan(0);
  });
});
