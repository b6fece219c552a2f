/**
 * An application that scribbles over its own O_DIRECT write, and the one way to be safe from it.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/scenario/scenario.js';
import { milliseconds } from '../../src/sim/time.js';
import { bounceCopy } from '../../src/strategies/bounce-copy.js';
import { cleanCandidate } from '../../src/strategies/clean-candidate.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { copyOnStore } from '../../src/strategies/copy-on-store.js';
import { lockPages } from '../../src/strategies/lock-pages.js';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { dice } from '../support/dice.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { only } from '../support/told.js';
import { SMALL_BENCHES } from './benches.js';
import { DIRECT, SEEDS, benchNamed, run, windows, type Run } from './whole-run.js';

describe('an application that changes the buffer of its own O_DIRECT write', () => {
  const scenario = benchNamed(DIRECT);

  it.each([clearWhenIdle, lockPages, copyOnStore])(
    'is on its own, and its mismatches on its own account: $name',
    (strategy) => {
      let theirs = 0;
      let met = 0;
      for (const seed of SEEDS) {
        const one = run(scenario, strategy, seed);
        const { ours, theirs: byApplication } = windows(one);
        if (strategy !== clearWhenIdle) expect(ours).toBe(0);
        theirs += byApplication;
        met += only(one.all, 'store').filter(
          ({ what, sampledBefore }) => what.startsWith('scribble') && sampledBefore.length > 0,
        ).length;
      }
      expect(theirs).toBeGreaterThan(0);
      expect(met).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  const onlyDirect = (): Scenario =>
    smallScenario(
      'duration=20s',
      `mirror.legs=[${drive('{ uniform: [0ms, 4ms] }', '{ uniform: [1ms, 9ms] }')}, ${drive('{ uniform: [0ms, 4ms] }', '{ uniform: [1ms, 9ms] }')}]`,
      'workload={ one: [{ create: /a }, { append: [/a, 8KiB] }, sync, { repeat: { every: 20ms, do: [{ direct: [/a, 0B, 4KiB] }] } }],' +
        ' two: [{ at: 10s }, { repeat: { every: { uniform: [0ms, 9ms] }, do: [{ scribble: [/a, 0B, 2KiB] }] } }] }',
    );

  it('waits for nobody under lock-pages, and is not copied by copy-on-store', () => {
    const locked = run(onlyDirect(), lockPages, '1');
    const copied = run(onlyDirect(), copyOnStore, '1');
    const free = run(onlyDirect(), clearWhenIdle, '1');
    const scribbles = ({ all }: Run): number[] =>
      only(all, 'step')
        .filter(({ actor, at }) => actor === 'two' && at >= 10e9)
        .map(({ at }) => at);
    expect(scribbles(locked)).toEqual(scribbles(free));
    expect(scribbles(copied)).toEqual(scribbles(free));
    expect(locked.lab.world.prices.gate.waits).toBe(0);
    expect(copied.lab.world.prices.copies?.copiedBytes).toBe(0);
    expect(scribbles(free).length).toBeGreaterThan(100);
    for (const one of [locked, copied, free]) {
      expect(windows(one).theirs).toBeGreaterThan(0);
      expect(windows(one).ours).toBe(0);
    }
  });

  it('diverges under clean-candidate too: no sync() writes its buffer again', () => {
    let theirs = 0;
    for (const seed of SEEDS) {
      const one = run(onlyDirect(), cleanCandidate({ period: milliseconds(500) }), seed);
      expect(windows(one).ours).toBe(0);
      theirs += windows(one).theirs;
      expect(one.lab.world.prices.helper.syncs).toBeGreaterThan(5);
    }
    expect(theirs).toBeGreaterThan(0);
  });
});

describe('bounce-copy', () => {
  it.each(SMALL_BENCHES)(
    'leaves the legs equal under any load: %s',
    (_, scenario) => {
      for (const seed of SEEDS) {
        const one = run(scenario, bounceCopy, seed);
        expect(windows(one)).toEqual({ ours: 0, theirs: 0 });
        expect(one.lab.world.prices.copies?.copiedBytes).toBeGreaterThan(0);
      }
    },
    PATIENCE,
  );

  it('copies each byte that is written once', () => {
    const { lab, all } = run(benchNamed('several applications'), bounceCopy, '1');
    const sectors = only(all, 'submitted').reduce((sum, one) => sum + one.sectors, 0);
    expect(lab.world.prices.copies?.copiedBytes).toBe(sectors * 512);
  });

  it.each(Array.from({ length: 40 * CAMPAIGN }, (_, n) => n))(
    'leaves the legs equal under random work, O_DIRECT and scribbles too: %i',
    (n) => {
      const scenario = randomWork(n);
      const one = run(scenario, bounceCopy, `${n}`);
      expect(windows(one)).toEqual({ ours: 0, theirs: 0 });
    },
  );

  it('needs to: dm-raid1 as it is diverges under that work', () => {
    const met = Array.from({ length: 20 }, (_, n) =>
      windows(run(randomWork(n), clearWhenIdle, `${n}`)),
    );
    expect(met.filter(({ ours }) => ours > 0).length).toBeGreaterThan(3);
    expect(met.filter(({ theirs }) => theirs > 0).length).toBeGreaterThan(3);
  });
});

/** Three applications that do what they like to two files, one of them past the page cache. */
function randomWork(n: number): Scenario {
  const pick = dice(`work ${n}`);
  const step = (): string => {
    const [at, sectors] = [pick(8), 1 + pick(8)];
    const range = `${at * 512}B, ${sectors * 512}B`;
    return [
      `{ overwrite: [/a, ${range}] }`,
      `{ store: [/b, ${range}] }`,
      `{ append: [/c, ${1 + pick(200)}B] }`,
      `{ direct: [/a, ${range}] }`,
      `{ scribble: [/a, ${range}] }`,
      'sync',
      '{ fsync: /b }',
    ][pick(7)]!;
  };
  const app = (name: string): string => {
    const steps = Array.from({ length: 2 + pick(5) }, step).join(', ');
    const pause = `{ uniform: [0ms, ${1 + pick(60)}ms] }`;
    return `${name}: [{ at: 1s }, { repeat: { every: ${pause}, times: 150, do: [${steps}] } }]`;
  };
  const makes =
    'makes: [{ create: /a }, { append: [/a, 8KiB] }, { create: /b }, { append: [/b, 8KiB] }, { create: /c }, sync]';
  const leg = drive('{ uniform: [0ms, 4ms] }', '{ uniform: [1ms, 9ms] }', '50us');
  return smallScenario(
    'duration=8s',
    'filesystem.size=1MiB',
    'preemption={ uniform: [0us, 3ms] }',
    `mirror.legs=[${leg}, ${leg}]`,
    `workload={ ${makes}, ${app('one')}, ${app('two')}, ${app('three')} }`,
  );
}
