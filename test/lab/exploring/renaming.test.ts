import { describe, expect, it } from 'vitest';
import { cleanCandidate } from '../../../src/strategies/clean-candidate.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { lockPages } from '../../../src/strategies/lock-pages.js';
import { markUntilUnmount } from '../../../src/strategies/mark-until-unmount.js';
import { mdSafemode } from '../../../src/strategies/md-safemode.js';
import { smallScenario } from '../../support/small-scenario.js';
import { equalitiesOf, leftBy, reduced } from './searches.js';

/**
 * A search may forget which store a content came from, as long as it knows who holds the same. Held
 * against one that forgets nothing: the same ways, and the same pairs that hold the same.
 */

const SMALL = [
  'duration=50s',
  'fileTimes=stay',
  'filesystem.size=64KiB',
  'mirror.regionSize=64KiB',
  'bound.writebacks=2',
];
const over = (offset: string, bytes = '512B') => `{ overwrite: [/pages, ${offset}, ${bytes}] }`;
const stored = '{ store: [/pages, 0B, 512B] }';

const SCENARIOS = {
  'two writers of one page': smallScenario(
    ...SMALL,
    'files={ /pages: 4KiB }',
    `workload={ one: [${over('0B')}, ${over('0B')}], other: [${over('0B')}] }`,
  ),
  'parts of a sector': smallScenario(
    ...SMALL,
    'files={ /pages: 4KiB }',
    `workload={ one: [${over('0B')}, ${over('0B', '4B')}], other: [${over('0B', '600B')}] }`,
    'bound.writebacks=1',
  ),
  'a mapping and a writer of two pages': smallScenario(
    ...SMALL,
    'files={ /pages: 8KiB }',
    `workload={ one: [${over('4KiB')}, ${over('0B')}], other: [${stored}] }`,
    'bound.writebacks=1',
  ),
  'two pages in two regions': smallScenario(
    ...SMALL,
    'mirror.regionSize=4KiB',
    'files={ /pages: 8KiB }',
    `workload={ one: [${over('0B')}, ${over('4KiB')}], other: [${over('0B')}] }`,
    'bound.writebacks=1',
  ),
  'two stores and fsync()': smallScenario(
    ...SMALL,
    'files={ /pages: 1KiB }',
    `workload={ one: [${stored}, ${stored}], other: [{ fsync: /pages }] }`,
    'bound={ writebacks: 1, syncs: 1 }',
  ),
};

const COMPARED = [clearWhenIdle, lockPages, markUntilUnmount, mdSafemode, cleanCandidate()];

describe.each(Object.entries(SCENARIOS))('%s', (_, scenario) => {
  it.each(COMPARED.map((s) => [s.name, s] as const))(
    'is the same by any name under %s',
    (__, strategy) => {
      const by = (renames: boolean) => {
        const part = { timing: 'free', renames } as const;
        const { states, ...left } = leftBy(scenario, strategy, part, equalitiesOf);
        const { paths, shortestSteps } = reduced(scenario, strategy, part);
        return { states, found: { left, paths, shortestSteps } };
      };
      const named = by(false);
      const renamed = by(true);
      expect(renamed.found).toEqual(named.found);
      expect(renamed.states).toBeLessThan(named.states);
      expect(named.found.paths?.schedules ?? Infinity).toBeGreaterThan(100);
    },
  );
});

describe('what was compared', () => {
  it('diverges under dm-raid1 as it is', () => {
    for (const scenario of Object.values(SCENARIOS)) {
      const part = { timing: 'free', renames: true } as const;
      expect(leftBy(scenario, clearWhenIdle, part).divergent.length).toBeGreaterThan(0);
    }
  });
});
