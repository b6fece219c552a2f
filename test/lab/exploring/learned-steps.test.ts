import { describe, expect, it } from 'vitest';
import { conditionsOf, lastInstant } from '../../../src/lab/explore.js';
import { Kinds } from '../../../src/lab/exploring/kinds.js';
import { searchStates, type StateSearchOptions } from '../../../src/lab/exploring/reduced.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { SECTOR_BYTES } from '../../../src/media/geometry.js';
import { seeded } from '../../../src/sim/seeded.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { SHIPPED } from '../../../src/strategies/shipped.js';
import { CAMPAIGN } from '../../support/campaign.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';
import { smallScenario } from '../../support/small-scenario.js';
import { equalitiesOf } from './searches.js';

/**
 * A search whose events come from memory is held against one in which each of them happens: the
 * same states in the same order, the same events, the same ways to a divergence.
 */

const SMALL = ['duration=50s', 'filesystem.size=64KiB', 'mirror.regionSize=64KiB'];
const over = (offset: string) => `{ overwrite: [/pages, ${offset}, 512B] }`;

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'two writers of two pages': smallScenario(
    ...SMALL,
    'fileTimes=stay',
    'files={ /pages: 8KiB }',
    `workload={ one: [${over('0B')}, ${over('4KiB')}], other: [${over('4KiB')}, ${over('0B')}] }`,
  ),
  'an append and fsync()': smallScenario(
    ...SMALL,
    'bound.writebacks=2',
    'workload={ one: [{ create: /new }, { append: [/new, 1KiB] }, { fsync: /new }, { unlink: /new }] }',
  ),
  'a buffer that changes under O_DIRECT, and sync()': smallScenario(
    ...SMALL,
    'bound.writebacks=1',
    'files={ /page: 1KiB }',
    'workload={ app: [{ direct: [/page, 0B, 512B] }, sync], other: [{ scribble: [/page, 0B, 512B] }] }',
  ),
  'two regions': shippedScenario('explore/two-regions/one-store-each.yaml'),
};

const MOST_STATES = 1500 * CAMPAIGN;
const CONDITIONS = { ...conditionsOf({ timing: 'free', levels: 2 }), renames: true };

function found(
  scenario: Scenario,
  strategy: FixStrategy,
  learns: boolean,
  when: Pick<StateSearchOptions, 'patience' | 'learnsAfter'> = { learnsAfter: 0 },
) {
  const { world, base } = laboratory(scenario, strategy, CONDITIONS);
  const twin = () => laboratory(scenario, strategy, { ...CONDITIONS, learns: true }, base).world;
  const divergent: string[] = [];
  const { graph, met, ...result } = searchStates({
    world,
    twin: learns ? twin : undefined,
    until: lastInstant(scenario, 'free'),
    countsAll: true,
    lead: 0,
    mostSteps: Infinity,
    mostStates: MOST_STATES,
    untilFirst: false,
    stop: () => false,
    ...when,
    kinds: new Kinds(world, scenario),
    watch: { diverges: () => divergent.push(equalitiesOf(world)), ends: () => {} },
  });
  const { storesUnderWrite, ...changes } = met;
  const { events } = graph;
  return {
    ...result,
    ...changes,
    races: storesUnderWrite > 0,
    events,
    ways: graph.pathsWithin(12),
    divergent,
  };
}

describe('a search that learns too much for what it does again', () => {
  it.each([0, 2000, 4000, 8000])('goes on in the world, after %s pieces', (patience) => {
    const scenario = SCENARIOS['an append and fsync()']!;
    const [strategy] = SHIPPED;
    const plain = found(scenario, strategy!, false);
    expect(found(scenario, strategy!, true, { patience, learnsAfter: 0 })).toEqual(plain);
  });
});

it('makes no second world for a search that is short', () => {
  const scenario = shippedScenario('explore/two-pages.yaml');
  const { world } = laboratory(scenario, clearWhenIdle, CONDITIONS);
  let twins = 0;
  const twin = () => {
    twins++;
    return laboratory(scenario, clearWhenIdle, { ...CONDITIONS, learns: true }).world;
  };
  const options = {
    world,
    twin,
    until: lastInstant(scenario, 'free'),
    countsAll: false,
    lead: 0,
    mostSteps: Infinity,
    mostStates: 2000,
    stop: () => false,
  };
  expect(searchStates({ ...options, untilFirst: true }).end).toBe('first-divergence');
  expect(twins).toBe(0);
  searchStates({ ...options, untilFirst: false });
  expect(twins).toBe(1);
});

it('leaves what a search under way has stored in the pool', () => {
  const scenario = shippedScenario('explore/one-page-2-stores.yaml');
  const { world, base } = laboratory(scenario, clearWhenIdle, CONDITIONS);
  const twin = laboratory(scenario, clearWhenIdle, { ...CONDITIONS, learns: true }, base).world;
  const { pool } = base;
  const sector = new Uint8Array(SECTOR_BYTES);
  for (let n = 0; n < 70_000; n++) {
    new DataView(sector.buffer).setUint32(0, n + 1);
    pool.intern(sector);
  }
  const before = pool.count;
  twin.reset(seeded('1'));
  expect(pool.count).toBeGreaterThanOrEqual(before);
  world.reset(seeded('1'));
  expect(pool.count).toBeLessThan(before);
});

describe('a search that learns when it has gone on from some states', () => {
  it.each(SHIPPED.map((s) => [s.name, s] as const))('is the same under %s', (_, strategy) => {
    const scenario = SCENARIOS['two regions']!;
    const plain = found(scenario, strategy, false);
    expect(found(scenario, strategy, true, { learnsAfter: 250 })).toEqual(plain);
  });

  it.each([1, 30, 600])('is the same after %s, in which words changed that change no more', (n) => {
    const scenario = SCENARIOS['two writers of two pages']!;
    const [strategy] = SHIPPED;
    const plain = found(scenario, strategy!, false);
    expect(found(scenario, strategy!, true, { learnsAfter: n })).toEqual(plain);
  });
});

describe.each(Object.entries(SCENARIOS))('%s', (_, scenario) => {
  it.each(SHIPPED.map((s) => [s.name, s] as const))('are the same under %s', (__, strategy) => {
    const plain = found(scenario, strategy, false);
    expect(found(scenario, strategy, true)).toEqual(plain);
    expect(plain.events).toBeGreaterThan(100);
  });
});
