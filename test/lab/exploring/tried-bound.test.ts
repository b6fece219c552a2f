import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../../src/lab/explore.js';
import { isEndless, triedBound, type TriedBound } from '../../../src/lab/exploring/tried-bound.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';
import { drive, smallScenario } from '../../support/small-scenario.js';

const RACE = 'explore/one-page-2-stores.yaml';
const timed = (...sets: string[]): TriedBound =>
  triedBound(shippedScenario(RACE, ...sets), conditionsOf({ timing: 'scenario', levels: 2 }));

describe('what a search tries', () => {
  it('is read off the scenario', () => {
    expect(timed()).toEqual({
      pages: 1,
      metadata: false,
      stores: 2,
      writebacks: 2,
      syncs: 2,
      // The drives' own, and how far apart legs are submitted: lowest and highest.
      latenciesNs: [20_000, 399_996, 1e6, 5e6],
      pausesNs: [4e6, 7e6, 8e6],
      preemptionsNs: [0],
    });
  });

  it('has no times where time does not count', () => {
    const { latenciesNs, pausesNs, preemptionsNs } = triedBound(
      shippedScenario(RACE),
      conditionsOf({ timing: 'free', levels: 2 }),
    );
    expect([latenciesNs, pausesNs, preemptionsNs]).toEqual([undefined, undefined, undefined]);
  });

  it('counts pages that stores reach, each once', () => {
    const pages = (steps: string): number | undefined =>
      timed('files={ /a: 9KiB, /b: 1KiB }', `workload={ app: [${steps}] }`).pages;
    expect(pages('{ store: [/a, 0B, 1B] }, { overwrite: [/a, 4095B, 1B] }')).toBe(1);
    expect(pages('{ store: [/a, 4095B, 2B] }')).toBe(2);
    expect(pages('{ store: [/a, 0B, 1B] }, { store: [/b, 0B, 1B] }')).toBe(2);
    expect(pages('{ append: [/a, 4KiB] }, { store: [/a, 8KiB, 1B] }')).toBe(2);
    expect(pages('{ repeat: { every: 1s, times: 3, do: [{ append: [/b, 4KiB] }] } }')).toBe(4);
  });

  it('counts stores and syncs as often as they are repeated, up to the bound', () => {
    const steps =
      'workload={ app: [{ repeat: { every: 1s, times: 3, do: [{ store: [/page, 0B, 1B] }, { fsync: /page }] } }] }';
    const two = timed(steps, 'bound={}');
    expect([two.stores, two.syncs, two.writebacks]).toEqual([3, 3, undefined]);
    const few = timed(steps, 'bound={ stores: 2, syncs: 1 }');
    expect([few.stores, few.syncs]).toEqual([2, 1]);
    const endless = timed(
      'workload={ app: [{ repeat: { every: 1s, do: [{ append: [/page, 1KiB] }] } }] }',
      'bound={}',
    );
    expect([endless.stores, endless.pages]).toEqual([undefined, undefined]);
  });

  it('says whether the file system stores to pages of its own', () => {
    expect(timed('fileTimes=change').metadata).toBe(true);
    expect(timed('workload={ app: [{ append: [/page, 1B] }] }').metadata).toBe(true);
  });

  it('has as many latencies as levels, but a list as it is', () => {
    const slow = drive('{ uniform: [0ms, 9ms] }', '1ms');
    const scenario = smallScenario(`mirror.log=${slow}`);
    const { latenciesNs } = triedBound(scenario, conditionsOf({ timing: 'scenario', levels: 3 }));
    expect(latenciesNs).toEqual(expect.arrayContaining([0, 4_500_000, 9e6, 1e6, 2e6]));
    expect(latenciesNs?.length).toBe(8);
  });
});

describe('what is repeated without end', () => {
  const isEndlessWith = (steps: string, bound: string): boolean => {
    const scenario = shippedScenario(
      RACE,
      `workload={ app: [{ repeat: { every: 1s, do: [${steps}] } }] }`,
      `bound=${bound}`,
    );
    return isEndless(scenario.workload[0]!.steps[0]!, scenario);
  };

  it('ends at the bound of what it does', () => {
    expect(isEndlessWith('{ store: [/page, 0B, 1B] }', '{}')).toBe(true);
    expect(isEndlessWith('{ store: [/page, 0B, 1B] }', '{ syncs: 1 }')).toBe(true);
    expect(isEndlessWith('{ store: [/page, 0B, 1B] }', '{ stores: 1 }')).toBe(false);
    expect(isEndlessWith('sync', '{ stores: 1 }')).toBe(true);
    expect(isEndlessWith('sync', '{ syncs: 1 }')).toBe(false);
    expect(isEndlessWith('sync, { store: [/page, 0B, 1B] }', '{ syncs: 1 }')).toBe(false);
  });
});
