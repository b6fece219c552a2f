import { describe, expect, it } from 'vitest';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { lockPages } from '../../../src/strategies/lock-pages.js';
import { markUntilUnmount } from '../../../src/strategies/mark-until-unmount.js';
import { mdSafemode } from '../../../src/strategies/md-safemode.js';
import { SHIPPED } from '../../../src/strategies/shipped.js';
import { smallScenario } from '../../support/small-scenario.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';
import { leftBy } from './searches.js';

/**
 * In free timing steps that nobody sees go at once. Held against a search in which each of them
 * waits as long as it likes, and in which nobody is taken for another: what crashes can leave, and
 * where it ends, is the same, to the byte.
 */

const TWO_PAGES = [
  'duration=50s',
  'fileTimes=stay',
  'files={ /pages: 8KiB }',
  'filesystem.size=64KiB',
  'mirror.regionSize=64KiB',
];
const FIRST = '{ overwrite: [/pages, 0B, 512B] }';
const BESIDE = '{ overwrite: [/pages, 512B, 512B] }';
const SECOND = '{ overwrite: [/pages, 4KiB, 512B] }';

const SCENARIOS = {
  'two stores into a mapping': shippedScenario(
    'explore/one-page-2-stores.yaml',
    'bound.writebacks=1',
  ),
  'two writers of one page': smallScenario(
    ...TWO_PAGES,
    `workload={ one: [${FIRST}], other: [${FIRST}] }`,
    'bound.writebacks=1',
  ),
  'one writer of two pages': smallScenario(
    ...TWO_PAGES,
    `workload={ one: [${FIRST}, { sleep: 1s }, ${SECOND}] }`,
    'bound.writebacks=2',
  ),
  'a writer and fsync()': smallScenario(
    ...TWO_PAGES,
    `workload={ one: [${FIRST}], other: [{ fsync: /pages }] }`,
    'bound.writebacks=1',
  ),
  'a store and sync()': smallScenario(
    ...TWO_PAGES,
    `workload={ one: [${FIRST}], other: [sync] }`,
    'bound.writebacks=1',
  ),
  'two writers, and stores for one of them': smallScenario(
    ...TWO_PAGES,
    `workload={ one: [${FIRST}, ${FIRST}], other: [${BESIDE}] }`,
    'bound={ writebacks: 1, stores: 2 }',
  ),
  'pdflush going on where sync() stopped': smallScenario(
    ...TWO_PAGES,
    `workload={ one: [${FIRST}, sync, ${FIRST}, ${SECOND}] }`,
    'bound.writebacks=1',
  ),
  'two files': smallScenario(
    ...TWO_PAGES,
    'files={ /a: 1KiB, /b: 1KiB }',
    'workload={ one: [{ store: [/a, 0B, 512B] }, { overwrite: [/b, 0B, 512B] }] }',
    'bound.writebacks=1',
  ),
};

/** One that clears, one that waits, one that never clears, one with a flag for all. */
const COMPARED = [clearWhenIdle, lockPages, markUntilUnmount, mdSafemode];

describe.each(Object.entries(SCENARIOS))('%s', (_, scenario) => {
  it.each(COMPARED.map((s) => [s.name, s] as const))('leaves the same under %s', (__, strategy) => {
    const { states, ...all } = leftBy(scenario, strategy, { timing: 'free', stepByStep: true });
    const { states: fewer, ...some } = leftBy(scenario, strategy, { timing: 'free' });
    expect(some).toEqual(all);
    expect(fewer).toBeLessThan(states);
  });
});

describe('one store', () => {
  const scenario = shippedScenario('explore/one-page-1-store.yaml', 'bound.writebacks=1');
  const others = SHIPPED.filter((strategy) => !COMPARED.includes(strategy));
  it.each(others.map((s) => [s.name, s] as const))(
    'leaves the same under %s',
    (_, strategy) => {
      const { states: __, ...all } = leftBy(scenario, strategy, {
        timing: 'free',
        stepByStep: true,
      });
      const { states: ___, ...some } = leftBy(scenario, strategy, { timing: 'free' });
      expect(some).toEqual(all);
    },
    60_000,
  );
});

describe('a writer beside one who takes memory', () => {
  const scenario = smallScenario(
    ...TWO_PAGES,
    'memory=16MiB',
    `workload={ one: [{ use: 15700KiB }], other: [${FIRST}] }`,
    'bound.writebacks=1',
  );
  /** Of its 123 steps the first ones go alone: the rest are tried at every moment. */
  const lead = 118;

  it.each(COMPARED.map((s) => [s.name, s] as const))('leaves the same under %s', (_, strategy) => {
    const { states, ...all } = leftBy(scenario, strategy, {
      timing: 'free',
      stepByStep: true,
      lead,
    });
    const { states: fewer, ...some } = leftBy(scenario, strategy, { timing: 'free' });
    expect(some).toEqual(all);
    expect(fewer).toBeLessThan(states);
  });
});
