import { describe, expect, it } from 'vitest';
import { CLEAN, DIRTY } from '../../../src/machine/mirror/region-hash.js';
import {
  StrategyFault,
  type Cause,
  type FixStrategy,
  type Then,
} from '../../../src/machine/strategy.js';
import { durationOf, instantOf } from '../../../src/sim/time.js';
import { RegionBench } from '../../support/region-bench.js';

interface Told {
  readonly strategy: FixStrategy;
  readonly asked: string[];
}

/** A strategy that holds but for these answers, and notes what it was asked. */
function answering(answers: Partial<Record<Cause, Then>>, others: Partial<FixStrategy> = {}): Told {
  const asked: string[] = [];
  const strategy: FixStrategy = {
    name: 'of-a-user',
    summary: 'A strategy for a test.',
    record: 'dm-log',
    region: (cause, region) => {
      asked.push(`${cause} ${region}`);
      return cause in answers ? wrongly(answers[cause]) : 'hold';
    },
    ...others,
  };
  return { strategy, asked };
}

const ns = durationOf;

/** An answer that no type would let through. */
function wrongly(answer: unknown): Then {
  return answer as Then;
}

describe('the keeper asks a strategy', () => {
  it('before each write to a region in sync, and when the last one has completed', () => {
    const { strategy, asked } = answering({});
    const bench = new RegionBench(strategy, 4, true);
    bench.begin(2);
    bench.begin(2);
    bench.end(2);
    bench.end(2);
    expect(asked).toEqual(['written 2', 'written 2', 'drained 2']);
  });

  it('whether the blocks changed', () => {
    const { strategy, asked } = answering({ drained: 'clear' });
    const bench = new RegionBench(strategy, 4, true);
    bench.write(1, true);
    bench.write(2, false);
    expect(asked.filter((one) => !one.startsWith('written'))).toEqual(['changed 1', 'drained 2']);
    expect(bench.pass()).toEqual([2]);
  });

  it('nothing of a region that is out of sync: its mark is not the strategy’s', () => {
    const { strategy, asked } = answering({});
    const bench = new RegionBench(strategy, 4, false);
    bench.write(0);
    expect(asked).toEqual([]);
  });

  it('when the duration that it answered has passed', () => {
    const { strategy, asked } = answering({ drained: ns(50), aged: 'clear' });
    const bench = new RegionBench(strategy, 4, true);
    bench.write(3);
    bench.runTo(49);
    expect(asked).toEqual(['written 3', 'drained 3']);
    expect(bench.hash.state(3)).toBe(DIRTY);
    bench.runTo(50);
    expect(asked.at(-1)).toBe('aged 3');
    expect([bench.hash.state(3), bench.pass()]).toEqual([CLEAN, [3]]);
  });

  it('counts that duration from the last write', () => {
    const { strategy, asked } = answering({ drained: ns(50), aged: 'clear' });
    const bench = new RegionBench(strategy, 4, true);
    bench.write(3);
    bench.runTo(40);
    bench.begin(3);
    bench.runTo(200);
    expect(asked).not.toContain('aged 3');
    bench.end(3);
    bench.runTo(249);
    expect(asked).not.toContain('aged 3');
    bench.runTo(250);
    expect(asked.at(-1)).toBe('aged 3');
  });

  it('not after a region was cleared, or gave way to another', () => {
    const cleared = answering({ drained: ns(50), period: 'clear' });
    const bench = new RegionBench(cleared.strategy, 4, true);
    bench.write(1);
    bench.keeper.period(1);
    bench.runTo(1000);
    expect(cleared.asked).not.toContain('aged 1');
    const evicted = answering({ drained: ns(50), aged: 'clear' }, { mostMarked: 1 });
    const small = new RegionBench(evicted.strategy, 4, true);
    small.write(1);
    small.write(2);
    small.runTo(1000);
    expect(evicted.asked.filter((one) => one.startsWith('aged'))).toEqual(['aged 2']);
  });

  it('hands it numbers of its own, all 0 at boot, and one chance', () => {
    const seen: number[][] = [];
    const strategy: FixStrategy = {
      ...answering({}).strategy,
      remembers: 2,
      region: (_, region, memory, choose) => {
        memory[region * 2 + 1] = choose(1000, 'a test') + 1;
        seen.push([...memory]);
        return 'hold';
      },
    };
    const bench = new RegionBench(strategy, 3, true);
    bench.begin(2);
    bench.end(2);
    expect(seen[0]?.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(seen[0]?.length).toBe(6);
    expect(seen[1]?.[5]).toBeGreaterThan(0);
    expect(seen[1]?.[5]).not.toBe(seen[0]?.[5]);
  });

  it('wakes kmirrord for what is to be cleared, and only for that', () => {
    const holding = new RegionBench(answering({}).strategy, 4, true);
    holding.agenda.idle(0);
    holding.write(1);
    expect(holding.agenda.isArmed(0)).toBe(false);
    const clearing = new RegionBench(
      answering({ drained: ns(1), aged: 'clear' }).strategy,
      4,
      true,
    );
    clearing.agenda.idle(0);
    clearing.write(1);
    expect(clearing.agenda.isArmed(0)).toBe(false);
    expect(clearing.agenda.next(instantOf(1))).toBe(1);
    clearing.ages.step();
    expect(clearing.agenda.isArmed(0)).toBe(true);
  });

  it('passes on that a sync is wanted', () => {
    const bench = new RegionBench(answering({ period: 'sync' }).strategy, 4, true);
    bench.write(1);
    expect(bench.keeper.period(1)).toBe(true);
    expect(new RegionBench(answering({}).strategy, 4, true).keeper.period(1)).toBe(false);
  });
});

function said(answer: Then): string {
  return typeof answer === 'string' ? `'${answer}'` : String(answer);
}

describe('the keeper refuses, in the strategy’s name,', () => {
  const told = (
    answers: Partial<Record<Cause, Then>>,
    deed: (bench: RegionBench) => void,
  ): string => {
    const bench = new RegionBench(answering(answers).strategy, 4, true);
    try {
      deed(bench);
    } catch (error) {
      expect(error).toBeInstanceOf(StrategyFault);
      return (error as Error).message;
    }
    return 'nothing was refused';
  };

  it.each<Then>(['clear', 'sync', ns(5)])('anything but hold when a write begins: %s', (answer) => {
    const text = told({ written: answer }, (bench) => {
      bench.begin(1);
    });
    expect(text).toBe(
      `strategy of-a-user: it answered ${said(answer)} while a write to the region begins`,
    );
  });

  it.each(['drained', 'changed', 'aged', 'synced'] as const)('a sync, asked %s', (cause) => {
    const answers = { ...(cause === 'aged' ? { drained: ns(1) } : {}), [cause]: 'sync' as const };
    const text = told(answers, (bench) => {
      bench.write(1, cause === 'changed');
      bench.runTo(5);
      bench.keeper.synced(1);
    });
    expect(text).toBe(`strategy of-a-user: it answered 'sync' to '${cause}'`);
  });

  it.each<Then>(['clear', ns(5), ns(0)])('%s with a write in flight', (answer) => {
    for (const cause of ['period', 'synced'] as const) {
      const text = told({ [cause]: answer }, (bench) => {
        bench.begin(1);
        bench.keeper[cause](1);
      });
      expect(text).toBe(
        `strategy of-a-user: it answered ${said(answer)} with a write in flight to the region`,
      );
    }
  });

  it.each([-1, 0.5, NaN, Infinity, 'maybe', undefined, null, {}, true])(
    'what is no answer: %s',
    (answer) => {
      const text = told({ drained: wrongly(answer), aged: 'hold' }, (bench) => {
        bench.write(1);
      });
      expect(text).toMatch(/^strategy of-a-user: it answered .{1,40} to 'drained'$/);
    },
  );
});
