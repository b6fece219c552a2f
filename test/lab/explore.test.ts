import { describe, expect, it, vi } from 'vitest';
import { Growing } from '../../src/sim/growing.js';
import { conditionsOf, explore, lastInstant, type Wanted } from '../../src/lab/explore.js';
import { searchStates } from '../../src/lab/exploring/reduced.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { activityLog } from '../../src/strategies/activity-log.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { lockPages } from '../../src/strategies/lock-pages.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { SHIPPED, strategyNamed } from '../../src/strategies/shipped.js';
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
  const paths = shippedScenarios().filter((path) => path.startsWith('explore/'));

  it.each(paths)('%s says what it expects of every strategy', (path) => {
    expect(Object.keys(shippedScenario(path).expect).sort()).toEqual(
      SHIPPED.map(({ name }) => name).sort(),
    );
  });

  it('hold for every timing where a region stays marked', () => {
    const found = explore(shippedScenario(TWO_STORES), markUntilUnmount, FREE);
    expect(found.paths?.divergentCrashPoints).toBe(0);
    expect(found.shortest).toBeUndefined();
  });

  it('show that one store is enough where time does not count, and is not where it does', () => {
    const scenario = shippedScenario('explore/one-page-1-store.yaml');
    expect(explore(scenario, clearWhenIdle, FREE).shortest).toBeDefined();
    const timed = explore(scenario, clearWhenIdle, TIMED);
    expect([timed.shortest, timed.verdict]).toEqual([undefined, 'VOID']);
    expect(timed.reasons.join()).toMatch(/no store ever met a write in flight/);
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
    const within = (mostSteps: number): number => {
      const conditions = { ...conditionsOf(FREE), renames: true };
      const { world } = laboratory(scenario, clearWhenIdle, conditions);
      return searchStates({
        world,
        mostSteps,
        until: lastInstant(scenario, 'free'),
        countsAll: false,
        lead: 0,
        mostStates: Infinity,
        untilFirst: false,
        stop: () => false,
      }).states;
    };
    // All that fewer events lead to, and of what as many lead to no more than there is.
    const { steps } = first.shortest!;
    expect(first.states).toBeGreaterThan(within(steps - 1));
    expect(first.states).toBeLessThanOrEqual(within(steps));
    expect(first.states).toBeLessThan(all.states);
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
    const few = explore(scenario, markUntilUnmount, { ...FREE, mostStates: 300 });
    expect([few.verdict, few.complete, few.paths]).toEqual(['PASS-BOUNDED', false, undefined]);
    expect(few.states).toBeGreaterThan(300);
    expect(few.frontier).toBeGreaterThan(0);
    const soon = explore(scenario, markUntilUnmount, { ...FREE, stop: () => true });
    expect([soon.verdict, soon.complete]).toEqual(['PASS-BOUNDED', false]);
  });

  it('is ERROR at the limit that is built in, which no user named', () => {
    const { verdict, complete, reasons } = explore(scenario, markUntilUnmount, FREE, {
      mostStates: 300,
    });
    expect([verdict, complete]).toEqual(['ERROR', false]);
    expect(reasons.join()).toMatch(/^more than 300 states, of which \d+ were not gone on from$/);
  });

  it('is ERROR where the states do not fit into memory', () => {
    const full = vi.spyOn(Growing.prototype, 'append').mockImplementation(() => {
      new ArrayBuffer(2 ** 52);
    });
    try {
      const { verdict, complete, reasons } = explore(scenario, markUntilUnmount, FREE);
      expect([verdict, complete]).toEqual(['ERROR', false]);
      expect(reasons.join()).toMatch(/do not fit into memory/);
    } finally {
      full.mockRestore();
    }
  });

  it('is VOID where a strategy that clears never came to it', () => {
    const { verdict, reasons, met } = explore(scenario, activityLog(), TIMED);
    expect([verdict, met.clears]).toEqual(['VOID', 0]);
    expect(met.marks).toBeGreaterThan(0);
    expect(reasons.join()).toMatch(/nothing was ever cleared/);
  });

  it('is no less where a strategy never clears on purpose, or clears at once', () => {
    const kept = explore(scenario, markUntilUnmount, TIMED);
    expect([kept.verdict, kept.met.clears]).toEqual(['PASS-COMPLETE', 0]);
    const cleared = explore(scenario, lockPages, TIMED);
    expect(cleared.verdict).toBe('PASS-COMPLETE');
    expect(cleared.met.clears).toBeGreaterThan(0);
  });

  it('tells what was met of all that was tried, not of the shortest way alone', () => {
    const { met, shortest } = explore(scenario, clearWhenIdle, FREE);
    expect(shortest).toBeDefined();
    expect(met.clears).toBeGreaterThan(100);
  });

  it('may be expected otherwise where time does not count', () => {
    const path = 'explore/one-page-1-store.yaml';
    const verdicts = (expected: string): string[] =>
      [TIMED, FREE].map((wanted) => {
        const strict = shippedScenario(path, `expect={ clear-when-idle: ${expected} }`);
        return explore(strict, clearWhenIdle, wanted).verdict;
      });
    expect(verdicts('{ exposed: never }')).toEqual(['VOID', 'FAIL']);
    expect(verdicts('{ exposed: never, withoutTime: sometimes }')).toEqual([
      'VOID',
      'PASS-COMPLETE',
    ]);
    expect(verdicts('{ exposed: sometimes, withoutTime: never }')).toEqual(['FAIL', 'FAIL']);
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

  it('of syncs counts those of a strategy', () => {
    const syncs = [0, 1, 2].map((most) => {
      const bounded = shippedScenario(TWO_STORES, `bound.syncs=${most}`);
      const { world } = laboratory(bounded, strategyNamed('clean-candidate')!, conditionsOf(TIMED));
      world.reset(scheduled([]));
      world.runTo(lastInstant(bounded, 'scenario'));
      return world.prices.helper.syncs;
    });
    expect(syncs).toEqual([0, 1, 2]);
  });
});
