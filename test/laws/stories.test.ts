/**
 * A story is right if whoever reads its rows from top to bottom knows what each leg holds at the
 * crash, and when the meter of exposure began to count.
 */
import { describe, expect, it } from 'vitest';
import { tellingOf } from '../../src/cli/told.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { Runner } from '../../src/lab/runner.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Row } from '../../src/report/rows.js';
import { storyTable } from '../../src/report/story-table.js';
import { divergenceStory, type Story } from '../../src/report/story.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { plain } from '../report/mail-race.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';

/** Lines between the head of a table and what stands below it. */
const MOST_LINES = 14;

interface Case {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly seed: string;
}

const runner = new Runner();

function storyOf({ scenario, strategy, seed }: Case): readonly [Story, Outcome] {
  const told = runner.tell(scenario, strategy, seed);
  return [divergenceStory(tellingOf(told, told.outcome, 'time')), told.outcome];
}

/** What each leg holds in the sector at the crash, and what reading the rows makes of it. */
function heldAndRead(one: Case, story: Story, { crash }: Outcome) {
  const { world } = laboratory(one.scenario, one.strategy);
  const sector = Number(/^Sector (\d+) /.exec(story.title ?? '')?.[1]);
  const stores: { at: number; what: string; met: readonly boolean[]; was: number; is: number }[] =
    [];
  let now = -1;
  world.trace.listen((told) => {
    if (told.kind !== 'store' || told.sector !== sector) return;
    const is = world.memory.get(sector);
    stores.push({ at: told.at, what: told.what, met: told.sampledBefore, was: now, is });
    now = is;
  });
  world.reset(seeded(one.seed));
  now = world.memory.get(sector);
  world.runTo(instantOf(crash!.atNs));
  const held = world.crash().legs.map((leg) => leg.get(sector));
  world.trace.listen(undefined);
  const read: (number | undefined)[] = held.map(() => undefined);
  const samples = story.rows.filter(({ text }) => text.startsWith('samples'));
  const legOf = ({ actor }: Row): number => Number(actor.slice('leg '.length));
  const [first] = samples;
  // The store that the first sample came before, told or not.
  const next = stores.find(
    ({ at, met }) => at > first!.at || (at === first!.at && met[legOf(first!)] === true),
  );
  let current = next?.was;
  for (const row of story.rows) {
    if (row.kind === 'race') {
      current = stores.findLast(({ at, what }) => at === row.at && what === row.text)?.is;
    }
    if (samples.includes(row)) read[legOf(row)] = current;
  }
  return { held, read };
}

function expectRight(one: Case): number {
  const [story, outcome] = storyOf(one);
  if (outcome.divergence.length === 0) return 0;
  const { held, read } = heldAndRead(one, story, outcome);
  expect(new Set(held).size).toBeGreaterThan(1);
  expect(read).toEqual(held);
  const [split, sealed] = ['split', 'sealed'].map((mark) =>
    story.rows.filter((row) => row.mark === mark),
  );
  expect(split).toHaveLength(1);
  expect(sealed).toHaveLength(1);
  const first = story.rows.findIndex(({ text }) => text.startsWith('samples'));
  const race = story.rows.findIndex(({ kind }) => kind === 'race');
  expect([first < race, race < story.rows.indexOf(split![0]!)]).toEqual([true, true]);
  const { atNs } = outcome.crash!;
  const open = outcome.exposure.windows.find(({ fromNs, toNs }) => fromNs <= atNs && atNs < toNs);
  // What an application answers for itself has a meter whose windows are not told one by one.
  const from = outcome.divergence.every(({ byApplication }) => byApplication) ? atNs : open?.fromNs;
  expect(sealed![0]!.at).toBe(from);
  const table = storyTable(story, plain(200));
  return table.split('\n\n')[1]!.split('\n').length - 1;
}

describe('the story of each shipped scenario that diverges', () => {
  const cases = shippedScenarios().flatMap((path) => {
    const scenario = shippedScenario(path);
    const mayDiverge = ({ name }: FixStrategy): boolean => {
      const expected = scenario.expect[name];
      if (expected === undefined) return name === clearWhenIdle.name;
      return expected.exposed !== 'never' && expected.outcome !== 'clean';
    };
    return SHIPPED.filter(mayDiverge).map(
      (strategy) => [path, strategy.name, { scenario, strategy, seed: scenario.seed }] as const,
    );
  });
  const told: number[] = [];

  it.each(cases)('%s under %s tells what the legs hold and what sealed it', (_, __, one) => {
    const lines = expectRight(one);
    expect(lines).toBeLessThanOrEqual(MOST_LINES);
    if (lines > 0) told.push(lines);
  });

  it('were so many, each as short as that', () => {
    expect(told.length).toBeGreaterThanOrEqual(50);
    expect(Math.max(...told)).toBeLessThanOrEqual(MOST_LINES);
  });
});

describe('a story', () => {
  const DISK = '{ latency: hdd-7200 }';

  it('is right with three legs, whichever of them sampled first', () => {
    const legs = `mirror.legs=[${DISK}, ${DISK}, ${DISK}]`;
    const scenario = shippedScenario('shapes/hot-region.yaml', legs);
    const splitters = new Set<string>();
    for (let seed = 1; seed <= 25; seed++) {
      const one = { scenario, strategy: clearWhenIdle, seed: String(seed) };
      expect(expectRight(one)).toBeGreaterThan(0);
      const [story] = storyOf(one);
      splitters.add(story.rows.find(({ mark }) => mark === 'split')?.actor ?? '');
    }
    expect([...splitters].sort()).toEqual(['leg 0', 'leg 1', 'leg 2']);
  });

  it('is right on drives that sample and land on few instants, where all is a tie', () => {
    const drive =
      '{ latency: { firstSample: { list: [0ms, 1ms] }, durable: 1ms, sectorTime: 0us } }';
    const scenario = shippedScenario(
      'explore/one-page-2-stores.yaml',
      `mirror.legs=[${drive}, ${drive}]`,
      'workload.app[2].sleep={ list: [4ms, 5ms, 6ms, 7ms] }',
      'crash=first-exposed',
    );
    let diverged = 0;
    for (let seed = 1; seed <= 200; seed++) {
      if (expectRight({ scenario, strategy: clearWhenIdle, seed: String(seed) }) > 0) diverged++;
    }
    expect(diverged).toBeGreaterThan(5);
  });
});
