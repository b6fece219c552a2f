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

  it('has what is given back once more, and none more where there is no bound', () => {
    const budget = new Budget(1, arena().state);
    expect([budget.isBounded, budget.take(), budget.take()]).toEqual([true, true, false]);
    budget.giveBack();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
    const banks = arena();
    const endless = new Budget(undefined, banks.state);
    banks.seal();
    endless.giveBack();
    const snapshot = new Snapshot();
    banks.save(snapshot);
    expect([endless.isBounded, snapshot.length]).toEqual([false, 0]);
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
