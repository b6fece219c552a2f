import { describe, expect, it } from 'vitest';
import { experiment, experimentToSum, plannedCrash } from '../../src/lab/experiment.js';
import { imagesOf, type DiskImage } from '../../src/lab/images.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import { Runner } from '../../src/lab/runner.js';
import { parseDuration } from '../../src/sim/time.js';
import { seeded } from '../../src/sim/seeded.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../support/small-scenario.js';

const LEG = drive('{ uniform: [1ms, 9ms] }', '{ uniform: [1ms, 9ms] }');
const RACES =
  'workload={ app: [{ create: /a }, { append: [/a, 3KiB] }, { repeat: { every: { uniform: [1ms, 9ms] }, do: [{ overwrite: [/a, 0B, 3KiB] }] } }], syncs: [{ repeat: { every: 500ms, do: [sync] } }] }';

function lab(...sets: readonly string[]): Laboratory {
  return laboratory(
    smallScenario('duration=4s', `mirror.legs=[${LEG}, ${LEG}]`, RACES, ...sets),
    clearWhenIdle,
  );
}

const run = (one: Laboratory, seed = '1') => experiment(one, () => seeded(seed));

describe('a crash', () => {
  it('does not come where none is planned', () => {
    const outcome = run(lab());
    expect(outcome).toMatchObject({
      crash: undefined,
      recovery: undefined,
      divergence: [],
      aftermath: [],
    });
    expect(outcome.exposure.windowCount).toBeGreaterThan(0);
    expect(outcome.outcome).toBe('exposed');
  });

  it('comes at the time that is planned, and the run goes on', () => {
    const outcome = run(lab('crash=2.5s'));
    expect(outcome.crash?.atNs).toBe(2.5e9);
    expect(outcome.simulatedNs).toBe(4e9);
    expect(outcome.fingerprint).toBe(run(lab()).fingerprint);
    expect(outcome.exposure).toEqual(run(lab()).exposure);
  });

  it('comes at the start of the first window', () => {
    const outcome = run(lab('crash=first-exposed'));
    expect(outcome.crash?.atNs).toBe(outcome.exposure.windows[0]?.fromNs);
    expect(outcome.divergence.length).toBeGreaterThan(0);
  });

  it('comes at a random time from a stream of its own, another one for another seed', () => {
    const random = lab('crash=random');
    const times = ['1', '2', '3', '4'].map((seed) => run(random, seed).crash?.atNs ?? -1);
    expect(new Set(times).size).toBe(4);
    for (const at of times) expect(at >= 0 && at < 4e9).toBe(true);
    expect(run(random, '1').fingerprint).toBe(run(lab(), '1').fingerprint);
  });

  it('is the same when it is planned alone', () => {
    const first = lab('crash=first-exposed');
    const crash = plannedCrash(first, () => seeded('1'));
    expect(crash?.image.at).toBe(run(first).crash?.atNs);
    expect(plannedCrash(lab(), () => seeded('1'))).toBeUndefined();
  });

  it('finds nothing exposed on legs of one latency with no store between their samples', () => {
    const quiet = lab('crash=first-exposed', 'workload={ app: [{ create: /a }, sync] }');
    expect(run(quiet)).toMatchObject({
      crash: undefined,
      outcome: 'clean',
      exposure: { fraction: 0 },
    });
  });
});

describe('what a recovery costs', () => {
  it('is counted in regions, bytes and time', () => {
    const outcome = run(lab('mirror.initially=out-of-sync', 'crash=1ms'));
    expect(outcome.crash?.markedRegions).toBe(64);
    expect(outcome.recovery?.resyncedRegions).toBe(64);
    expect(outcome.recovery?.resyncBytes).toBe(256 * 1024);
    expect(outcome.recovery?.durationNs).toBeGreaterThan(64 * 2e6);
    expect(outcome.divergence).toEqual([]);
  });
});

/** The image as one buffer. */
function bytesOf(image: DiskImage): Buffer {
  const all = Buffer.alloc(image.bytes);
  let end = -1;
  for (const { offset, bytes } of image.chunks()) {
    expect(offset).toBeGreaterThan(end);
    all.set(bytes, offset);
    end = offset;
  }
  return all;
}

describe('images', () => {
  const scenario = smallScenario(
    'duration=4s',
    `mirror.legs=[${LEG}, ${LEG}, ${LEG}]`,
    RACES,
    'crash=first-exposed',
    'aftermath=[fsck, { remove: leg1 }, remount, { create: /b }, { append: [/b, 5KiB] }]',
  );
  const runner = new Runner();
  const names = (when: Parameters<Runner['images']>[3]): string[] =>
    runner.images(scenario, clearWhenIdle, '1', when).map(({ name }) => name);

  it('are one file a leg and one for the log', () => {
    expect(names({})).toEqual(['leg0.img', 'leg1.img', 'leg2.img', 'log.img']);
    expect(names({ after: 'recovery' })).toEqual(['leg0.img', 'leg1.img', 'leg2.img', 'log.img']);
  });

  it('leave out a leg that was removed, and keep the numbers of the others', () => {
    expect(names({ after: 'aftermath' })).toEqual(['leg0.img', 'leg2.img', 'log.img']);
  });

  it('are none where nothing crashes, unless an instant is named', () => {
    const calm = smallScenario();
    expect(runner.images(calm, clearWhenIdle, '1', {})).toEqual([]);
    const at = parseDuration('2s');
    if (at === undefined) throw new Error('2s is a duration');
    expect(runner.images(calm, clearWhenIdle, '1', { at })).toHaveLength(3);
  });

  it('hold every byte of the disks, in chunks that ascend', () => {
    const crash = plannedCrash(laboratory(scenario, clearWhenIdle), () => seeded('1'));
    if (crash === undefined) throw new Error('nothing was exposed');
    const { legs, record } = crash.image;
    const images = imagesOf(legs, record);
    legs.forEach((leg, n) => {
      const bytes = bytesOf(images[n]!);
      for (let sector = 0; sector < leg.count; sector++) {
        const here = bytes.subarray(sector * 512, (sector + 1) * 512);
        expect(here.equals(leg.pool.view(leg.get(sector)))).toBe(true);
      }
    });
    expect(bytesOf(images[3]!).equals(record.bytes)).toBe(true);
  });
});

describe('a run that is told', () => {
  const scenario = smallScenario(
    'duration=4s',
    `mirror.legs=[${LEG}, ${LEG}]`,
    RACES,
    'crash=first-exposed',
  );

  it('ends with the crash, is in order of time, and is the run itself', () => {
    const { outcome, happenings } = new Runner().tell(scenario, clearWhenIdle, '1');
    expect(outcome).toEqual(new Runner().run(scenario, clearWhenIdle, '1'));
    expect(happenings.at(-1)).toEqual({ kind: 'crash', at: outcome.crash?.atNs, actor: 'power' });
    const kinds = new Set(happenings.map(({ kind }) => kind));
    for (const kind of [
      'store',
      'dirtied',
      'submitted',
      'transfer',
      'landed',
      'completed',
      'log-landed',
      'exposed',
    ] as const) {
      expect(kinds).toContain(kind);
    }
  });

  it('names sectors as the file system stood then', () => {
    const told = new Runner().tell(scenario, clearWhenIdle, '1');
    const names = new Set(
      told.happenings.flatMap((one) => (one.kind === 'submitted' ? [told.nameOf(one.sector)] : [])),
    );
    expect(names).toContain('data of /a, block 0');
    expect(names).toContain('block bitmap of group 0');
  });
});

describe('a run among those of other seeds', () => {
  const random = lab('duration=600ms', 'crash=random', 'aftermath=[fsck]');
  const seeds = Array.from({ length: 400 }, (_, n) => String(n));
  const runs = seeds.map((seed) => ({
    alone: run(random, seed),
    among: experiment(random, () => seeded(seed), 'among-seeds'),
    toSum: experimentToSum(random, () => seeded(seed)),
  }));

  it('differs from one that stands alone in nothing but the steps that it need not play', () => {
    for (const { alone, among } of runs) {
      const { aftermath, divergence } = among;
      expect({ ...among, aftermath: alone.aftermath }).toEqual(alone);
      if (divergence.length > 0 || aftermath.length > 0) expect(aftermath).toEqual(alone.aftermath);
    }
    expect(runs.some(({ among }) => among.divergence.length > 0)).toBe(true);
  });

  it('is the same where it is only added up, but for whose the sectors are that differ', () => {
    for (const { among, toSum } of runs) {
      const divergence = among.divergence.map(({ sector, byApplication }) => ({
        sector,
        byApplication,
      }));
      expect(toSum).toEqual({ ...among, divergence });
    }
  });

  it('plays them all the same in one of a hundred in which no leg differs', () => {
    const equal = runs.filter(({ among }) => among.divergence.length === 0);
    const sampled = equal.filter(({ among }) => among.aftermath.length > 0);
    expect(sampled.length).toBeGreaterThan(equal.length / 400);
    expect(sampled.length).toBeLessThan(equal.length / 25);
  });
});
