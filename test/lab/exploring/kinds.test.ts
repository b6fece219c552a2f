import { describe, expect, it } from 'vitest';
import { conditionsOf, explore, lastInstant, type Wanted } from '../../../src/lab/explore.js';
import { Kinds } from '../../../src/lab/exploring/kinds.js';
import { searchStates } from '../../../src/lab/exploring/reduced.js';
import { APPLICATIONS, MIRRORS } from '../../../src/lab/exploring/search.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';
import { smallScenario } from '../../support/small-scenario.js';

/** What comes first in a search does not hide what comes later. */

const FREE: Wanted = {
  timing: 'free',
  levels: 2,
  mostStates: undefined,
  untilFirst: false,
  stop: () => false,
};
const TIMED: Wanted = { ...FREE, timing: 'scenario' };

/** `mirror's data 12`. */
function told(scenario: Scenario, wanted: Wanted): string[] {
  const { kinds } = explore(scenario, clearWhenIdle, wanted);
  return kinds.map(({ whose, block, harm, steps }) => {
    return `${whose}'s ${harm ?? block ?? 'in passing'} ${steps}`;
  });
}

describe('a file that takes a block while the block bitmap is written', () => {
  const bitmap = shippedScenario('explore/bitmap/block-bitmap.yaml');

  it('leaves legs that differ in the bitmap, in the descriptors, then a lost block', () => {
    const { shortest, kinds } = explore(bitmap, clearWhenIdle, TIMED);
    expect(kinds.map(({ block, harm }) => harm ?? block)).toEqual([
      'block bitmap',
      'group descriptors',
      'block-lost',
    ]);
    expect(kinds[0]).toMatchObject({ whose: 'mirror', counts: true, ...shortest });
    const steps = kinds.map((kind) => kind.steps);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it('tells of each kind the fewest events', () => {
    const all = explore(bitmap, clearWhenIdle, TIMED).kinds;
    const { world } = laboratory(bitmap, clearWhenIdle, {
      ...conditionsOf(TIMED),
      renames: true,
    });
    const within = (mostSteps: number): (string | undefined)[] =>
      searchStates({
        world,
        mostSteps,
        until: lastInstant(bitmap, 'scenario'),
        countsAll: false,
        lead: 0,
        mostStates: Infinity,
        untilFirst: false,
        stop: () => false,
        kinds: new Kinds(world, bitmap),
      }).kinds.map(({ block, harm }) => harm ?? block);
    for (const { block, harm, steps } of all) {
      expect(within(steps)).toContain(harm ?? block);
      expect(within(steps - 1)).not.toContain(harm ?? block);
    }
  });

  it('ends, where it is made durable, in a block that two files have', () => {
    const mail = shippedScenario('explore/mail/block-used-twice.yaml');
    const { kinds, shortest } = explore(mail, clearWhenIdle, TIMED);
    const twice = kinds.find(({ harm }) => harm === 'block-used-twice');
    expect(twice?.steps).toBeGreaterThan(shortest?.steps ?? Infinity);
    expect(twice?.suffered).toEqual(['block-used-twice', 'wrong-data']);
  });
});

describe('what an application does to itself', () => {
  const SCRIBBLE = [
    'files={ /own: 1KiB, /shared: 1KiB }',
    'filesystem.size=64KiB',
    'mirror.regionSize=4KiB',
    'fileTimes=stay',
    'bound={ writebacks: 1, syncs: 0 }',
  ];
  const direct = 'app: [{ direct: [/own, 0B, 512B] }], other: [{ scribble: [/own, 0B, 512B] }]';
  const store = 'third: [{ store: [/shared, 0B, 512B] }]';
  const counted = 'expect={ clear-when-idle: { exposed: never, applicationsFault: counted } }';

  it('is told, and not judged unless it counts', () => {
    const scenario = smallScenario(...SCRIBBLE, `workload={ ${direct} }`);
    const apart = explore(scenario, clearWhenIdle, FREE);
    expect([apart.verdict, apart.shortest]).toEqual(['PASS-COMPLETE', undefined]);
    expect(apart.kinds).toMatchObject([{ whose: 'application', block: 'data', counts: false }]);
    const all = smallScenario(...SCRIBBLE, `workload={ ${direct} }`, counted);
    const judged = explore(all, clearWhenIdle, FREE);
    expect(judged.verdict).toBe('FAIL');
    expect(judged.kinds).toMatchObject([{ whose: 'application', counts: true }]);
    expect(judged.shortest?.steps).toBe(judged.kinds[0]?.steps);
  });

  it('does not hide what the mirror does, nor the mirror it', () => {
    const both = [...SCRIBBLE, `workload={ ${direct}, ${store} }`];
    const apart = explore(smallScenario(...both), clearWhenIdle, FREE);
    const all = explore(smallScenario(...both, counted), clearWhenIdle, FREE);
    const faults = ['application data', 'mirror data'];
    for (const { kinds } of [apart, all]) {
      expect(kinds.map(({ whose, block }) => `${whose} ${block}`)).toEqual(faults);
    }
    expect(apart.shortest?.steps).toBe(apart.kinds[1]?.steps);
    expect(all.shortest?.steps).toBe(all.kinds[0]?.steps);
    expect(all.kinds[0]?.steps).toBeLessThan(apart.shortest?.steps ?? 0);
  });

  it('does not end a search for the first divergence that counts', () => {
    const both = smallScenario(...SCRIBBLE, `workload={ ${direct}, ${store} }`);
    const first = explore(both, clearWhenIdle, { ...FREE, untilFirst: true });
    expect(first.shortest).toEqual(explore(both, clearWhenIdle, FREE).shortest);
    expect(first.complete).toBe(false);
  });
});

describe('an exposure that has closed when the event is over', () => {
  const quiet = {
    hashDurable: () => {},
    crash: () => {
      throw new Error('there is nothing to be seen any more');
    },
    applicationsSectors: () => [],
  };
  const afterwards = { recovery: { interruptedAt: [] }, aftermath: [] };

  it('is a kind of its own, of each fault once', () => {
    const kinds = new Kinds(quiet, afterwards);
    expect(kinds.fresh(0, MIRRORS)).toEqual([
      { whose: 'mirror', block: undefined, harm: undefined },
    ]);
    expect(kinds.fresh(0, MIRRORS | APPLICATIONS)).toEqual([
      { whose: 'application', block: undefined, harm: undefined },
    ]);
    expect(kinds.fresh(0, MIRRORS | APPLICATIONS)).toEqual([]);
  });
});

describe('harm that is expected', () => {
  const verdictOn = (expected: string): string[] => {
    const set = `expect={ clear-when-idle: { exposed: sometimes, ${expected} } }`;
    const scenario = shippedScenario('explore/one-page-2-stores.yaml', set);
    const { verdict, reasons } = explore(scenario, clearWhenIdle, TIMED);
    return [verdict, ...reasons];
  };

  it('fails where the disks show none after all that was tried', () => {
    expect(verdictOn('harm: [block-lost]')).toEqual([
      'FAIL',
      'expected harm block-lost, found none',
    ]);
  });

  it('is left open where it was looked for on the shortest ways only', () => {
    for (const [expected, kind] of [
      ['harm: [wrong-data]', 'wrong-data'],
      ['outcome: harmed', 'of any kind'],
    ] as const) {
      expect(verdictOn(expected)).toEqual([
        'PASS-BOUNDED',
        `harm ${kind} was looked for after the shortest ways only, and not found`,
      ]);
    }
  });

  it('holds where it was found', () => {
    const { verdict } = explore(
      shippedScenario(
        'explore/bitmap/block-bitmap.yaml',
        'expect={ clear-when-idle: { outcome: harmed, harm: [block-lost] } }',
      ),
      clearWhenIdle,
      TIMED,
    );
    expect(verdict).toBe('PASS-COMPLETE');
  });
});

it('names one kind where there is one', () => {
  expect(told(shippedScenario('explore/one-page-2-stores.yaml'), FREE)).toEqual([
    "mirror's data 13",
  ]);
});
