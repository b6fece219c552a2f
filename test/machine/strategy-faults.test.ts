import { describe, expect, it } from 'vitest';
import { CLEAN } from '../../src/machine/mirror/region-hash.js';
import { StrategyFault, type FixStrategy } from '../../src/machine/strategy.js';
import { instantOf, seconds } from '../../src/sim/time.js';
import { clearAfterPeriod } from '../../src/strategies/clear-after-period.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { RegionBench } from '../support/region-bench.js';

function benchOf(region: unknown, more: Partial<FixStrategy> = {}): RegionBench {
  const strategy = { ...clearWhenIdle, name: 'mine', ...more, region } as FixStrategy;
  return new RegionBench(strategy, 4, true);
}

/** A region is written and drains. */
function once(region: unknown): () => void {
  return () => {
    const bench = benchOf(region);
    bench.begin(0);
    bench.end(0);
  };
}

const onDrained = (then: unknown) => (cause: string) => (cause === 'drained' ? then : 'hold');

describe('an answer that the contract does not know', () => {
  it.each([
    ['clean', "it answered 'clean' to 'drained'"],
    ['sync', "it answered 'sync' to 'drained'"],
    [1.5, "it answered 1.5 to 'drained'"],
    [-1, "it answered -1 to 'drained'"],
    [NaN, "it answered NaN to 'drained'"],
    [2 ** 53, "it answered 9007199254740992 to 'drained'"],
    [undefined, "it answered undefined to 'drained'"],
    [null, "it answered null to 'drained'"],
    [{}, "it answered an object to 'drained'"],
    [Promise.resolve('clear'), "it answered a promise to 'drained'"],
  ])('%s is told in the name of the strategy', (then, what) => {
    expect(once(onDrained(then))).toThrow(new StrategyFault({ name: 'mine' }, what));
  });

  it('is any but hold while a write begins', () => {
    expect(once(() => 'clear')).toThrow(
      "strategy mine: it answered 'clear' while a write to the region begins",
    );
  });

  it('is a clear with a write in flight', () => {
    const bench = benchOf((cause: string) => (cause === 'period' ? 'clear' : 'hold'));
    bench.begin(0);
    expect(() => bench.keeper.period(0)).toThrow("'clear' with a write in flight to the region");
  });
});

describe('a hook that throws', () => {
  it('is at fault', () => {
    const hook = (): never => {
      throw new TypeError('no such thing');
    };
    expect(once(hook)).toThrow(
      new StrategyFault({ name: 'mine' }, "it threw TypeError (no such thing) when told 'written'"),
    );
  });

  it('may throw anything', () => {
    const hook = (): never => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- somebody may
      throw null;
    };
    expect(once(hook)).toThrow("strategy mine: it threw null when told 'written'");
  });

  it('is not at fault for what chance throws', () => {
    const hook: FixStrategy['region'] = (_, __, ___, choose) =>
      choose(2, 'what') === 0 ? 'hold' : 'hold';
    const bench = benchOf(hook);
    const lost = new Error('the recording ends here');
    bench.answer(() => {
      throw lost;
    });
    expect(() => bench.begin(0)).toThrow(lost);
  });
});

describe('choose', () => {
  it.each([
    [[0.5, 'what'], "choose(0.5, 'what')"],
    [[0, 'what'], "choose(0, 'what')"],
    [['2', 'what'], "choose('2', 'what')"],
    [[2], 'choose(2, undefined)'],
  ])('takes a whole number and a text, not %j', (args, told) => {
    const hook = (_: string, __: number, ___: Int32Array, choose: (...all: unknown[]) => number) =>
      choose(...args) === 0 ? 'hold' : 'hold';
    expect(once(hook)).toThrow(
      `strategy mine: it asked ${told}, which takes a whole number and a text`,
    );
  });

  it('is a whole number below the bound', () => {
    const seen: number[] = [];
    const hook: FixStrategy['region'] = (_, __, ___, choose) => {
      seen.push(choose(3, 'which'));
      return 'hold';
    };
    const bench = benchOf(hook);
    for (let n = 0; n < 50; n++) bench.begin(0);
    expect([...new Set(seen)].sort()).toEqual([0, 1, 2]);
  });
});

describe('an age', () => {
  it('of a region that gave way to another is nothing to clear', () => {
    const strategy = { ...clearAfterPeriod(), mostMarked: 1 };
    const bench = new RegionBench(strategy, 4, true);
    bench.begin(0);
    bench.end(0);
    bench.begin(1);
    expect(bench.hash.state(0)).toBe(CLEAN);
    bench.goOn(instantOf(seconds(60)));
    expect([bench.hash.state(0), bench.hash.marked]).toEqual([CLEAN, 1]);
  });
});
