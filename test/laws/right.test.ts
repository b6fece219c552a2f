/** Cases that must come out right: what each idea promises, and nothing more. */
import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover } from '../../src/aftermath/recover.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { toResync } from '../../src/media/record.js';
import { instantOf, milliseconds } from '../../src/sim/time.js';
import { bounceCopy } from '../../src/strategies/bounce-copy.js';
import { cleanCandidate } from '../../src/strategies/clean-candidate.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { copyOnStore } from '../../src/strategies/copy-on-store.js';
import { coreLog } from '../../src/strategies/core-log.js';
import { lockPages } from '../../src/strategies/lock-pages.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { dice } from '../support/dice.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { only } from '../support/told.js';
import { toldBy } from '../support/watched-run.js';
import { SMALL_BENCHES } from './benches.js';

const IN_SYNC = SMALL_BENCHES.filter(([, { mirror }]) => mirror.initially === 'in-sync');
const SEEDS = Array.from({ length: 6 * CAMPAIGN }, (_, n) => `${n + 1}`);

interface Run {
  readonly lab: Laboratory;
  readonly all: readonly Happening[];
}

function run(scenario: Scenario, strategy: FixStrategy, seed: string): Run {
  const lab = laboratory(scenario, strategy);
  const all = toldBy(lab, seed);
  lab.world.finish(instantOf(scenario.duration));
  return { lab, all };
}

/** How often the mirror was exposed, and how often it was so by the application's fault. */
function windows({ lab: { world } }: Run): { ours: number; theirs: number } {
  return { ours: world.exposure.windowCount, theirs: world.byApplication.windowCount };
}

const benchNamed = (name: string): Scenario => SMALL_BENCHES.find(([bench]) => bench === name)![1];

const DIRECT = 'buffers that change under O_DIRECT';

describe('idea 2, mark-until-unmount', () => {
  it.each(IN_SYNC)(
    'resyncs every region that was ever written, and no other: %s',
    (_, scenario) => {
      const { lab, all } = run(scenario, markUntilUnmount, '1');
      const { geometry } = lab.world;
      const written = new Set(
        only(all, 'transfer').map(({ sector }) => Math.floor(sector / geometry.regionSectors)),
      );
      const image = lab.world.crash();
      expect(toResync(image.record)).toEqual([...written].sort((a, b) => a - b));
      expect(recover(image).resyncedRegions).toBe(written.size);
    },
  );
});

describe('core-log', () => {
  it.each(IN_SYNC)('resyncs all: %s', (_, scenario) => {
    const { lab } = run(scenario, coreLog, '1');
    const { resyncedRegions, image } = recover(lab.world.crash());
    expect(resyncedRegions).toBe(lab.world.geometry.regions);
    expect(mismatchesOf(image)).toEqual([]);
  });
});

/** Work of one application that ends, and is written long before the run ends. */
const ENDS = smallScenario(
  'duration=150s',
  'preemption={ uniform: [0us, 3ms] }',
  `mirror.legs=[${drive('{ uniform: [0ms, 40ms] }', '{ uniform: [1ms, 90ms] }')}, ${drive('{ uniform: [0ms, 40ms] }', '{ uniform: [1ms, 90ms] }')}]`,
  'workload={ app: [{ create: /a }, { append: [/a, 16KiB] }, { repeat: { every: { uniform: [1s, 3s] }, times: 25, do: [' +
    '{ overwrite: [/a, 2KiB, 7KiB] }, { store: [/a, 0B, 5KiB] }, { create: /b }, { append: [/b, 9KiB] }, { append: [/a, 300B] }, { unlink: /b }] } }, sync],' +
    ' syncer: [{ repeat: { every: { uniform: [0ms, 200ms] }, times: 600, do: [sync] } }] }',
);

/** Benches without O_DIRECT: nothing in them is an application's fault. */
const KERNELS = SMALL_BENCHES.filter(([bench]) => bench !== DIRECT);

describe('idea 1, lock-pages', () => {
  let waits = 0;

  it.each(KERNELS)(
    'is never exposed, whatever waits: %s',
    (_, scenario) => {
      for (const seed of SEEDS) {
        const one = run(scenario, lockPages, seed);
        expect(windows(one)).toEqual({ ours: 0, theirs: 0 });
        expect(one.lab.world.raceHits).toBe(0);
        const met = only(one.all, 'store').filter(({ sampledBefore }) => sampledBefore.length > 0);
        expect(met).toEqual([]);
        waits += one.lab.world.prices.gate.waits;
      }
    },
    PATIENCE,
  );

  it('and did wait', () => {
    expect(waits).toBeGreaterThan(100);
  });

  /** What the application did, and what memory holds in the end. */
  const work = ({ lab, all }: Run): unknown => {
    const { world } = lab;
    const { memory } = world;
    return {
      deeds: only(all, 'step')
        .filter(({ actor }) => actor === 'app')
        .map(({ what }) => what),
      stores: only(all, 'store')
        .filter(({ actor, what }) => actor === 'app' && !what.startsWith('ext2_update_inode'))
        .map(({ what, sector }) => `${what}, sector ${sector}`),
      memory: Array.from({ length: memory.count }, (_, n) => memory.pool.digestLow(memory.get(n))),
      files: world.promised().map(({ path, size }) => `${path} ${size}`),
    };
  };

  it.each(SEEDS)('makes stores wait and changes nothing else: seed %s', (seed) => {
    const free = run(ENDS, clearWhenIdle, seed);
    const locked = run(ENDS, lockPages, seed);
    expect(work(locked)).toEqual(work(free));
    expect(free.lab.world.prices.gate.waits).toBe(0);
    expect(locked.lab.world.prices.gate.waits).toBeGreaterThan(0);
    expect(windows(locked)).toEqual({ ours: 0, theirs: 0 });
    for (const { lab } of [free, locked]) expect(mismatchesOf(lab.world.crash())).toEqual([]);
  });

  it('where no store meets a write it is dm-raid1 as it is, event by event', () => {
    const calm = benchNamed('appends');
    for (const seed of SEEDS) {
      const locked = run(calm, lockPages, seed);
      if (locked.lab.world.storesUnderWrite > 0) continue;
      const free = run(calm, clearWhenIdle, seed);
      expect(locked.all).toEqual(free.all);
      expect(locked.lab.world.fingerprint).toBe(free.lab.world.fingerprint);
    }
  });
});

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
