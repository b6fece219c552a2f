import { describe, expect, it } from 'vitest';
import { madeAgain } from '../../src/lab/made-again.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { Runner } from '../../src/lab/runner.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const PATH = 'explore/one-page-2-stores.yaml';
const scenario = shippedScenario(PATH, 'crash=first-exposed');
const SEED = '3';
const first = new Runner().run(scenario, clearWhenIdle, SEED);

const again = (outcome: Outcome): Outcome =>
  madeAgain(outcome, scenario, clearWhenIdle, SEED, 'run');

/** The same run, but for one field. */
function otherwise(field: string): Outcome {
  const { exposure } = first;
  const { fraction, windows, windowCount, byApplication } = exposure;
  const changes: Readonly<Record<string, Partial<Outcome>>> = {
    events: { events: first.events + 1 },
    exposure: { exposure: { ...exposure, fraction: fraction + 2 ** -50 } },
    'exposure, one window': {
      exposure: { ...exposure, windows: windows.map((one) => ({ ...one, toNs: one.toNs + 1 })) },
    },
    'exposure, how many windows': { exposure: { ...exposure, windowCount: windowCount + 1 } },
    'exposure, by application': {
      exposure: { ...exposure, byApplication: { ...byApplication, windowCount: 1 } },
    },
    costs: { costs: { ...first.costs, marks: first.costs.marks + 1 } },
    reasons: { reasons: ['another'] },
    divergence: { divergence: [] },
    fingerprint: { fingerprint: '0' },
  };
  return { ...first, ...changes[field] };
}

describe('a run that is made again', () => {
  it('is as it was where it repeats', () => {
    expect(first.exposure.windows.length).toBeGreaterThan(0);
    expect(first.divergence.length).toBeGreaterThan(0);
    expect(again(first)).toBe(first);
  });

  it('is judged in the company in which it was', () => {
    // Alone it must show what is expected; among seeds it is enough that some show it.
    const strict = shippedScenario(PATH, 'expect.mark-until-unmount={ outcome: diverged }');
    const of = [strict, markUntilUnmount, SEED] as const;
    const alone = new Runner().run(...of);
    const among = new Runner().runAmongSeeds(...of);
    const toSum = new Runner().runToSum(...of);
    const verdicts = [alone, among, toSum].map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['FAIL', 'PASS-BOUNDED', 'PASS-BOUNDED']);
    expect(madeAgain(alone, ...of, 'run')).toBe(alone);
    expect(madeAgain(among, ...of, 'runAmongSeeds')).toBe(among);
    expect(madeAgain(toSum, ...of, 'runToSum')).toBe(toSum);
  });

  it.each([
    ...['events', 'exposure', 'exposure, one window', 'exposure, how many windows'],
    ...['exposure, by application', 'costs', 'reasons', 'divergence', 'fingerprint'],
  ])('does not repeat where only this differs: %s', (what) => {
    const changed = otherwise(what);
    const { verdict, reasons, ...rest } = again(changed);
    const [field] = what.split(',');
    expect(verdict).toBe('NONDETERMINISTIC');
    expect(reasons).toEqual([expect.stringContaining(`fresh world: \`${field}\` differs (`)]);
    expect(changed).toMatchObject(rest);
  });

  it('keeps what was found before it was made again', () => {
    const found: Outcome = { ...otherwise('events'), verdict: 'NONDETERMINISTIC' };
    expect(again(found)).toBe(found);
  });
});
