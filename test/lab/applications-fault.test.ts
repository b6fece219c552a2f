import { describe, expect, it } from 'vitest';
import { experiment } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { seeded } from '../../src/sim/seeded.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../support/small-scenario.js';

/** Leg 1 samples four seconds after leg 0: what is stored between is on leg 1 alone. */
const APART = `mirror.legs=[${drive('1s', '1s')}, ${drive('5s', '1s')}]`;
const FILES =
  '{ create: /a }, { append: [/a, 1KiB] }, { create: /b }, { append: [/b, 1KiB] }, sync';
const DIRECT = '{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { fsync: /a }';
/**
 * /a: the application scribbles into its own buffer. /b: a store races a write of the page cache.
 */
const SCRIBBLES = `app: [${FILES}, ${DIRECT}], thread: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`;
const RACES =
  'races: [{ at: 100s }, { overwrite: [/b, 0B, 1KiB] }, { fsync: /b }], maps: [{ at: 103s }, { store: [/b, 512B, 512B] }]';

function run(workload: string, ...sets: readonly string[]): Outcome {
  const scenario = smallScenario(
    'duration=130s',
    'mirror.regionSize=4KiB',
    'filesystem={ type: ext2, blockSize: 4KiB, size: 256KiB }',
    APART,
    `workload={ ${workload} }`,
    ...sets,
  );
  return experiment(laboratory(scenario, clearWhenIdle), () => seeded('1'));
}

const COUNTED = 'expect={ clear-when-idle: { applicationsFault: counted, exposed: never } }';
const LATER = 'aftermath=[{ remove: leg0 }, remount, { read: /a }]';

const whose = (all: readonly { readonly byApplication: boolean }[]): boolean[] =>
  all.map(({ byApplication }) => byApplication);

describe("an application's own fault", () => {
  it('is told apart, and counts for nothing', () => {
    const outcome = run(SCRIBBLES, 'crash=first-exposed', 'expect={}');
    expect(outcome).toMatchObject({ verdict: 'PASS-BOUNDED', outcome: 'clean', reasons: [] });
    expect(outcome.crash).toBeUndefined();
    expect(outcome.exposure).toMatchObject({ fraction: 0, windowCount: 0, windows: [] });
    const { fraction, windowCount } = outcome.exposure.byApplication;
    expect(windowCount).toBeGreaterThan(0);
    expect(fraction).toBeGreaterThan(0.4);
  });

  it('counts where the scenario says so: exposure, the crash, divergence and the verdict', () => {
    const outcome = run(SCRIBBLES, 'crash=first-exposed', COUNTED);
    expect(outcome).toMatchObject({ verdict: 'FAIL', outcome: 'diverged' });
    expect(outcome.reasons).toEqual(['expected no exposure, found 1 window']);
    expect(outcome.crash?.atNs).toBeGreaterThan(66e9);
    expect(whose(outcome.divergence)).toEqual([true]);
  });

  it('is whose harm comes of it', () => {
    const apart = run(SCRIBBLES, 'crash=90s', LATER);
    expect(apart.outcome).toBe('clean');
    expect(apart.harm).toMatchObject([{ kind: 'wrong-data', files: ['/a'], byApplication: true }]);
    expect(run(SCRIBBLES, 'crash=90s', LATER, COUNTED).outcome).toBe('harmed');
  });

  it('is not found in harm by a scenario that leaves it apart', () => {
    const wanted = (more: string): readonly string[] =>
      run(
        SCRIBBLES,
        'crash=90s',
        LATER,
        `expect={ clear-when-idle: { harm: [wrong-data]${more} } }`,
      ).reasons;
    expect(wanted('')).toEqual(['expected harm wrong-data, found none']);
    expect(wanted(', applicationsFault: counted')).toEqual([]);
  });

  it("leaves the mirror's beside it", () => {
    const both = run(`${SCRIBBLES}, ${RACES}`, 'crash=125s', LATER);
    expect(both.outcome).toBe('diverged');
    expect(whose(both.divergence).sort()).toEqual([false, true]);
    expect(whose(both.harm)).toEqual([true]);
    const first = run(`${SCRIBBLES}, ${RACES}`, 'crash=first-exposed');
    expect(first.crash?.atNs).toBeGreaterThan(100e9);
    expect(first.crash?.atNs).toBe(first.exposure.windows[0]?.fromNs);
  });
});
