import { describe, expect, it } from 'vitest';
import { arena } from '../../src/sim/arena.js';
import { Budget } from '../../src/sim/budget.js';
import { Snapshot } from '../../src/sim/snapshot.js';

describe('a budget', () => {
  it('is used up after as many times as it has', () => {
    const budget = new Budget(2, arena().state);
    expect([budget.take(), budget.take(), budget.take(), budget.take()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('of nothing is used up from the start', () => {
    expect(new Budget(0, arena().state).take()).toBe(false);
  });

  it('without a bound is never used up, and leaves no trace in the state', () => {
    const banks = arena();
    const budget = new Budget(undefined, banks.state);
    banks.seal();
    for (let n = 0; n < 100; n++) expect(budget.take()).toBe(true);
    const snapshot = new Snapshot();
    banks.save(snapshot);
    expect(snapshot.length).toBe(0);
  });
});
