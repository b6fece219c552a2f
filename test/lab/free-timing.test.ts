import { describe, expect, it } from 'vitest';
import { explore, type Explored } from '../../src/lab/explore.js';
import { witnessOf } from '../../src/lab/exploring/witness.js';
import { Runner } from '../../src/lab/runner.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { printScenario } from '../../src/scenario/print.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { shippedScenario } from '../support/shipped-scenarios.js';
import { changedScenario } from '../support/small-scenario.js';

const FREE = { timing: 'free', levels: 2, mostStates: undefined, untilFirst: true } as const;

function firstIn(scenario: Scenario): NonNullable<Explored['shortest']> {
  const { shortest } = explore(scenario, clearWhenIdle, { ...FREE, stop: () => false });
  if (shortest === undefined) throw new Error('no divergence was found');
  return shortest;
}

function outcomeOf(scenario: Scenario, strategy = clearWhenIdle): Outcome {
  return new Runner().run(scenario, strategy, '1');
}

describe.each([
  'explore/one-page-1-store.yaml',
  'explore/one-page-2-stores.yaml',
  'explore/fsync-and-store.yaml',
  'explore/inode-2-appends.yaml',
])('the first divergence of %s in free timing', (path) => {
  const scenario = shippedScenario(path);
  const first = firstIn(scenario);
  const witness = witnessOf(scenario, FREE, first.choices);

  it('is met again by a run, after as many events', () => {
    const { outcome, events, crash, seed } = outcomeOf(witness);
    expect([outcome, events, seed]).toEqual(['diverged', first.steps, undefined]);
    expect(crash).toBeDefined();
  });

  it('is the same run when its own text is read', () => {
    const read = changedScenario(printScenario(witness), witness.name, []);
    expect(read).toEqual(witness);
    expect(outcomeOf(read).fingerprint).toBe(outcomeOf(witness).fingerprint);
  });

  it('has no event less: without the last answers of the way nothing diverges there', () => {
    const quiet = outcomeOf({ ...witness, choices: [] });
    expect(quiet.outcome === 'clean' || quiet.events > first.steps).toBe(true);
  });
});

describe('a run in free timing', () => {
  const scenario = shippedScenario('explore/one-page-2-stores.yaml');
  const witness = witnessOf(scenario, FREE, firstIn(scenario).choices);

  it('has no time and no share of it', () => {
    const { timing, simulatedNs, exposure } = outcomeOf(witness);
    expect([timing, simulatedNs, exposure.fraction]).toEqual(['free', 0, 0]);
    expect(exposure.windowCount).toBe(1);
  });

  it('goes on to its end where no crash is planned', () => {
    const { outcome, events, crash } = outcomeOf({ ...witness, crash: { kind: 'none' } });
    expect(outcome).toBe('exposed');
    expect(crash).toBeUndefined();
    expect(events).toBeGreaterThan(firstIn(scenario).steps);
  });

  it('ends within the bound where nothing diverges', () => {
    const { outcome, events } = outcomeOf({ ...witness, choices: [] }, markUntilUnmount);
    expect(outcome).toBe('clean');
    expect(events).toBeLessThan(1000);
  });

  it('is judged by what is expected without time', () => {
    const expects = (withoutTime: string): Outcome =>
      outcomeOf({
        ...changedScenario(printScenario(witness), 'x', [
          `expect={ clear-when-idle: { exposed: ${withoutTime === 'never' ? 'sometimes' : 'never'}, withoutTime: ${withoutTime} } }`,
        ]),
      });
    expect(expects('never').verdict).toBe('FAIL');
    expect(expects('sometimes').verdict).toBe('PASS-BOUNDED');
  });

  it('is told by how many events there had been', () => {
    const { happenings, outcome } = new Runner().tell(witness, clearWhenIdle, '1');
    expect(happenings.at(-1)).toEqual({ kind: 'crash', at: outcome.events, actor: 'power' });
    const times = happenings.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('has images of its crash', () => {
    const images = new Runner().images(witness, clearWhenIdle, '1', {});
    const [one, other] = images.map(({ bytes }) => bytes);
    expect(images.map(({ name }) => name)).toContain('leg1.img');
    expect(one).toBe(other);
  });

  it('is refused where an answer fits no question', () => {
    const gone = { stream: 'agenda', n: 9999, what: 'next', bound: 2, answer: 1 };
    const { verdict, reasons } = outcomeOf({
      ...witness,
      choices: [...(witness.choices ?? []), gone],
    });
    expect(verdict).toBe('ERROR');
    expect(reasons.join()).toContain('which this run never asks');
  });
});
