import { describe, expect, it } from 'vitest';
import { conditionsOf, explore, lastInstant, type Wanted } from '../../src/lab/explore.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { replay, scheduled, scheduleOf } from '../../src/sim/recording.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';
import { drive, smallScenario } from '../support/small-scenario.js';

const FREE: Wanted = {
  timing: 'free',
  levels: 2,
  mostStates: undefined,
  untilFirst: false,
  stop: () => false,
};
const TIMED: Wanted = { ...FREE, timing: 'scenario' };
const TWO_STORES = 'explore/one-page-2-stores.yaml';

describe('the scenarios for exploring', () => {
  const cases = shippedScenarios()
    .filter((path) => path.startsWith('explore/'))
    .flatMap((path) =>
      SHIPPED.filter(({ name }) => name in shippedScenario(path).expect).map(
        (strategy) => [path, strategy.name, strategy] as const,
      ),
    );

  it.each(cases)(
    '%s under %s holds what it expects in both timings, whole',
    (path, _, strategy) => {
      const scenario = shippedScenario(path);
      for (const wanted of [FREE, TIMED]) {
        const { verdict, reasons, complete, frontier, paths } = explore(scenario, strategy, wanted);
        expect([verdict, reasons, complete, frontier]).toEqual(['PASS-COMPLETE', [], true, 0]);
        expect(paths?.schedules).toBeGreaterThan(10);
      }
    },
  );

  it('hold for every timing where a region stays marked', () => {
    const found = explore(shippedScenario(TWO_STORES), markUntilUnmount, FREE);
    expect(found.paths?.divergentCrashPoints).toBe(0);
    expect(found.shortest).toBeUndefined();
  });

  it('show that one store is enough where time does not count, and is not where it does', () => {
    const scenario = shippedScenario('explore/one-page-1-store.yaml');
    expect(explore(scenario, clearWhenIdle, FREE).shortest).toBeDefined();
    expect(explore(scenario, clearWhenIdle, TIMED).shortest).toBeUndefined();
  });
});

describe('the shortest way to a divergence', () => {
  it.each([FREE, TIMED])('is a recording that leads there, in $timing timing', (wanted) => {
    const scenario = shippedScenario(TWO_STORES);
    const { shortest } = explore(scenario, clearWhenIdle, wanted);
    const { world } = laboratory(scenario, clearWhenIdle, conditionsOf(wanted));
    const until = lastInstant(scenario, wanted.timing);
    const recording = replay(shortest!.choices);
    world.reset(recording);
    for (let step = 1; step <= shortest!.steps; step++) {
      expect(world.exposure.exposedNow).toBe(false);
      expect(world.advance(until)).toBe(true);
    }
    world.takeIn();
    expect(world.exposure.exposedNow).toBe(true);
    expect(recording.unasked).toEqual([]);
  });

  it('is a schedule that a run can go on from to its end', () => {
    const scenario = shippedScenario(TWO_STORES);
    const { shortest } = explore(scenario, clearWhenIdle, TIMED);
    const { world } = laboratory(scenario, clearWhenIdle, conditionsOf(TIMED));
    const schedule = scheduled(scheduleOf(shortest!.choices));
    world.reset(schedule);
    world.runTo(lastInstant(scenario, 'scenario'));
    expect(world.exposure.windowCount).toBeGreaterThan(0);
    expect(schedule.unasked).toEqual([]);
  });

  it('is all that is looked for where the first is enough', () => {
    const scenario = shippedScenario(TWO_STORES);
    const all = explore(scenario, clearWhenIdle, FREE);
    const first = explore(scenario, clearWhenIdle, { ...FREE, untilFirst: true });
    expect(first.shortest).toEqual(all.shortest);
    expect(first.states).toBeLessThan(all.states / 5);
    expect([first.verdict, first.complete]).toEqual(['PASS-BOUNDED', false]);
  });
});

describe('the verdict', () => {
  const scenario = shippedScenario(TWO_STORES);

  it('is FAIL where a divergence was found and must not be', () => {
    for (const expected of ['{ exposed: never }', '{ outcome: clean }']) {
      const strict = shippedScenario(TWO_STORES, `expect={ clear-when-idle: ${expected} }`);
      expect(explore(strict, clearWhenIdle, FREE).verdict).toBe('FAIL');
    }
    const silent = shippedScenario(TWO_STORES, 'expect={}');
    expect(explore(silent, clearWhenIdle, FREE).verdict).toBe('FAIL');
  });

  it('is FAIL where none was found in all there is and there should be one', () => {
    const sure = shippedScenario(
      TWO_STORES,
      'expect={ mark-until-unmount: { exposed: sometimes } }',
    );
    expect(explore(sure, markUntilUnmount, FREE).verdict).toBe('FAIL');
  });

  it('is bounded at a limit that the user named, and says what is left', () => {
    const few = explore(scenario, markUntilUnmount, { ...FREE, mostStates: 1000 });
    expect([few.verdict, few.complete, few.paths]).toEqual(['PASS-BOUNDED', false, undefined]);
    expect(few.states).toBeGreaterThan(1000);
    expect(few.frontier).toBeGreaterThan(0);
    const soon = explore(scenario, markUntilUnmount, { ...FREE, stop: () => true });
    expect([soon.verdict, soon.complete]).toEqual(['PASS-BOUNDED', false]);
  });

  it('is ERROR where a question has too many answers to be tried, and names it', () => {
    const slow = drive('{ uniform: [0ms, 9ms] }', '1ms');
    const fine = smallScenario('duration=40s', `mirror.log=${slow}`);
    const { verdict, reasons } = explore(fine, clearWhenIdle, { ...TIMED, levels: 5000 });
    expect(verdict).toBe('ERROR');
    expect(reasons.join()).toMatch(/stream 'log': 'first sample' has 5000 answers/);
  });

  it('is ERROR where something is repeated without end and nothing bounds it', () => {
    const endless = (...sets: string[]): Scenario =>
      shippedScenario(
        TWO_STORES,
        'workload={ app: [{ repeat: { every: 1ms, do: [{ store: [/page, 0B, 512B] }] } }] }',
        ...sets,
      );
    expect(explore(endless(), markUntilUnmount, FREE).reasons.join()).toMatch(/app repeats.*bound/);
    const bounded = explore(endless('bound.stores=2'), markUntilUnmount, FREE);
    expect([bounded.verdict, bounded.complete]).toEqual(['PASS-COMPLETE', true]);
  });
});

describe('a bound', () => {
  const states = (...sets: string[]): number =>
    explore(shippedScenario(TWO_STORES, ...sets), markUntilUnmount, FREE).states;

  it('of writebacks lets more happen the larger it is', () => {
    const counts = [0, 1, 2].map((most) => states(`bound.writebacks=${most}`));
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
  });

  it('is needed for schedules to have an end: pdflush looks again while a page is under write', () => {
    const found = explore(shippedScenario(TWO_STORES, 'bound={}'), markUntilUnmount, FREE);
    expect([found.verdict, found.complete, found.paths]).toEqual([
      'PASS-COMPLETE',
      true,
      undefined,
    ]);
  });

  it('of stores ends applications, and one of syncs those that sync', () => {
    expect(states('bound.stores=1')).toBeLessThan(states('bound.stores=2'));
    const syncs = 'workload={ app: [{ store: [/page, 0B, 512B] }, { fsync: /page }] }';
    expect(states(syncs, 'bound.syncs=0')).toBeLessThan(states(syncs, 'bound.syncs=1'));
  });
});
