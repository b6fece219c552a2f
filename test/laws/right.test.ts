/** Cases that must come out right: what each idea promises, and nothing more. */
import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover } from '../../src/aftermath/recover.js';
import { toResync } from '../../src/media/record.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { coreLog } from '../../src/strategies/core-log.js';
import { lockPages } from '../../src/strategies/lock-pages.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { PATIENCE } from '../support/campaign.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { only } from '../support/told.js';
import { SMALL_BENCHES } from './benches.js';
import { DIRECT, SEEDS, benchNamed, run, windows, type Run } from './whole-run.js';

const IN_SYNC = SMALL_BENCHES.filter(([, { mirror }]) => mirror.initially === 'in-sync');

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
