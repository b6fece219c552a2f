import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../../src/aftermath/judge.js';
import { toResync } from '../../../src/media/record.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, tell } from '../../support/told.js';

const LEG = drive('{ uniform: [1ms, 9ms] }', '{ uniform: [1ms, 9ms] }');
const run = tell(
  smallScenario(
    'duration=60s',
    'mirror.initially=out-of-sync',
    'mirror.regionSize=16KiB',
    'filesystem={ type: ext2, blockSize: 1KiB, size: 1MiB }',
    `mirror.legs=[${LEG}, ${LEG}, ${LEG}]`,
    'workload={ app: [{ create: /a }, { repeat: { every: { uniform: [1ms, 5ms] }, times: 60, do: [{ append: [/a, 5KiB] }, { fsync: /a }] } }, sync],' +
      ' other: [{ create: /b }, { repeat: { every: { uniform: [1ms, 5ms] }, times: 60, do: [{ append: [/b, 1KiB] }, { fsync: /b }] } }, sync] }',
  ),
);
const PER_REGION = 32;
const regionOf = (one: { readonly sector: number }): number => Math.floor(one.sector / PER_REGION);

/** When the log said for the first time that a region is clean: it was copied. */
const copiedAt = new Map<number, number>();
for (const { at, cleared } of only(run.all, 'log-landed')) {
  for (const region of cleared) if (!copiedAt.has(region)) copiedAt.set(region, at);
}
interface PageWrite {
  readonly at: number;
  readonly region: number;
  readonly legs: number[];
}

/** Writes of pages, with the legs that took part. */
function pageWrites(): PageWrite[] {
  const open = new Map<number, PageWrite>();
  const all: PageWrite[] = [];
  for (const one of run.all) {
    if (one.kind === 'submitted') {
      const write: PageWrite = { at: one.at, region: regionOf(one), legs: [] };
      open.set(one.request, write);
      all.push(write);
    }
    if (one.kind === 'transfer') open.get(one.request)?.legs.push(one.leg);
    if (one.kind === 'completed') open.delete(one.request);
  }
  return all;
}

describe('a first recovery, while a file is written', () => {
  it('copies every region once, in ascending order', () => {
    expect([...copiedAt.keys()]).toEqual(Array.from({ length: 64 }, (_, region) => region));
  });

  it('lets a write to a region that is not copied yet go to the default leg only', () => {
    const alone = pageWrites().filter(({ legs }) => legs.length === 1);
    expect(alone.length).toBeGreaterThan(10);
    for (const { at, region, legs } of alone) {
      expect(legs).toEqual([0]);
      expect(at).toBeLessThan(copiedAt.get(region) ?? 0);
    }
  });

  it('lets a write to a region that is copied go to all legs', () => {
    const late = pageWrites().filter(({ at, region }) => at > (copiedAt.get(region) ?? Infinity));
    expect(late.length).toBeGreaterThan(10);
    for (const { legs } of late) expect(legs.sort()).toEqual([0, 1, 2]);
  });

  it('delays a write to the region that is being copied until it is', () => {
    const delayed = pageWrites().filter(
      ({ at, region, legs }) => legs.length === 3 && at < (copiedAt.get(region) ?? 0),
    );
    expect(delayed.length).toBeGreaterThan(0);
  });

  it('ends with legs that agree and a log without a mark', () => {
    const image = run.lab.world.crash();
    expect(mismatchesOf(image)).toEqual([]);
    expect(toResync(image.record)).toEqual([]);
  });

  it('exposes nobody while regions are marked', () => {
    run.lab.world.finish(run.lab.world.now);
    const { exposure } = run.lab.world;
    for (let n = 0; n < exposure.windowCount; n++) {
      const { fromNs, regions } = exposure.window(n);
      for (const region of regions) expect(fromNs).toBeGreaterThan(copiedAt.get(region) ?? 0);
    }
  });
});

describe('a first recovery on drives that take no time', () => {
  it('begins with the next region when the last one is cleared, not when it is copied', () => {
    const none = drive('0ms', '0ms');
    const { lab } = tell(
      smallScenario(
        'duration=3s',
        'kernel=linux-6.19',
        'mirror.initially=out-of-sync',
        'filesystem={ type: ext2, blockSize: 1KiB, size: 512KiB }',
        `mirror.legs=[${none}, ${none}]`,
        `mirror.log=${none}`,
        'workload={ app: [{ create: /a }, { create: /b }, { append: [/a, 6000B] }, { repeat: { every: 0s, times: 40, do: [{ direct: [/a, 512B, 512B] }] } }] }',
      ),
    );
    const { record } = lab.world.crash();
    expect(toResync(record)).toEqual([]);
  });
});
