import { describe, expect, it } from 'vitest';
import { failsAs } from '../../src/lab/failure.js';
import { Runner } from '../../src/lab/runner.js';
import { shrink, type Shrunk } from '../../src/lab/shrink.js';
import { printScenario } from '../../src/scenario/print.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { shippedScenario } from '../support/shipped-scenarios.js';
import { changedScenario } from '../support/small-scenario.js';
import { smallerCases } from './shrinking/smaller-cases.js';

const never = (): boolean => false;

function shrunkOf(path: string, seed?: string): Shrunk {
  const scenario = shippedScenario(path);
  const shrunk = shrink(scenario, clearWhenIdle, seed ?? scenario.seed, never);
  if (shrunk === undefined) throw new Error(`${path} does not fail`);
  return shrunk;
}

function outcomeOf(scenario: Scenario) {
  return new Runner().run(scenario, clearWhenIdle, scenario.seed);
}

describe('the failure of the mail, shrunk', () => {
  const shrunk = shrunkOf('ext2-bitmap.yaml');

  it('is a file that is made, and appended to twice', () => {
    expect(shrunk.before.events).toBeGreaterThan(20_000);
    expect(shrunk.after.events).toBeLessThan(200);
    expect(shrunk.after.answers).toBe(0);
    const [app] = shrunk.scenario.workload;
    expect(app?.steps.map((step) => step.do)).toEqual([
      'create',
      'append',
      'at',
      'append',
      'fsync',
    ]);
  });

  it('fails as it did: a block is used twice', () => {
    expect(shrunk.failure).toEqual({
      outcome: 'harmed',
      harm: 'block-used-twice',
      block: undefined,
    });
    expect(shrunk.outcome.harm.map(({ kind }) => kind)).toContain('block-used-twice');
  });

  it('runs alone, without a seed, as it was found', () => {
    const again = outcomeOf(shrunk.scenario);
    expect(again.seed).toBeUndefined();
    expect(again.fingerprint).toBe(shrunk.outcome.fingerprint);
    expect(again.outcome).toBe('harmed');
  });

  it('is the same when it is shrunk again, and from its own text', () => {
    const text = printScenario(shrunk.scenario);
    const read = changedScenario(text, shrunk.scenario.name, []);
    expect(read).toEqual(shrunk.scenario);
    const again = shrink(read, clearWhenIdle, '0', never);
    expect(again?.scenario).toEqual(shrunk.scenario);
  });
});

describe.each([
  ['ext2-bitmap.yaml', undefined],
  ['mmap-store.yaml', undefined],
  ['holes/changed-and-back.yaml', undefined],
])('%s, shrunk', (path, seed) => {
  const shrunk = shrunkOf(path, seed);

  it('is 1-minimal: each single thing that is removed or lowered makes the failure go away', () => {
    expect(shrunk.isMinimal).toBe(true);
    const smaller = smallerCases(shrunk.scenario);
    expect(smaller.length).toBeGreaterThan(5);
    for (const { what, scenario } of smaller) {
      expect([what, failsAlike(scenario, shrunk)]).toEqual([what, false]);
    }
  });
});

describe('shrinking', () => {
  it('finds nothing in a run that is clean', () => {
    const scenario = shippedScenario('ext2-bitmap.yaml', 'duration=61s');
    expect(shrink(scenario, markUntilUnmount, '1', never)).toBeUndefined();
  });

  it('stops when it is told to, and says that something may be left', () => {
    const scenario = shippedScenario('mmap-store.yaml');
    let asked = 0;
    const shrunk = shrink(scenario, clearWhenIdle, scenario.seed, () => ++asked > 20);
    expect(shrunk?.isMinimal).toBe(false);
    expect(shrunk?.runs).toBeLessThan(20 * 30);
    expect(outcomeOf(shrunk!.scenario).outcome).toBe('diverged');
  });
});

function failsAlike(scenario: Scenario, { failure }: Shrunk): boolean {
  const outcome = outcomeOf(scenario);
  return outcome.verdict !== 'ERROR' && failsAs(failure, outcome, false);
}
