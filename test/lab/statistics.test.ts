/** Against R: `binom.test` and `prop.test(correct = FALSE)`, as r-intervals.txt has them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clopperPearson, holm, mcnemar, meanInterval, wilson } from '../../src/lab/statistics.js';

const FROM_R = readFileSync(new URL('r-intervals.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' '));
const rows = (kind: string): number[][] =>
  FROM_R.filter(([name]) => name === kind).map(([, ...numbers]) => numbers.map(Number));

/** Relative: an absolute bound would let every small p through. */
function near(found: number, fromR: number): void {
  expect(Math.abs(found - fromR)).toBeLessThanOrEqual(2e-9 * Math.abs(fromR));
}

describe('the intervals of a share', () => {
  it('are compared with a dozen from R', () => {
    expect([rows('ci').length, rows('mcn').length]).toEqual([12, 3]);
  });

  it.each(rows('ci'))('of %d in %d are those of R', (k, n, low, high, wilsonLow, wilsonHigh) => {
    near(clopperPearson(k, n).low, low);
    near(clopperPearson(k, n).high, high);
    near(wilson(k, n).low, wilsonLow);
    near(wilson(k, n).high, wilsonHigh);
  });

  it('of nothing tried is everything', () => {
    expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe("McNemar's exact test", () => {
  it.each(rows('mcn'))('of %d against %d is that of R, either way round', (a, b, p) => {
    near(mcnemar(a, b), p);
    near(mcnemar(b, a), p);
  });

  it('finds no difference where there is none', () => {
    expect(mcnemar(0, 0)).toBe(1);
    expect(mcnemar(40, 40)).toBe(1);
    expect(mcnemar(1, 0)).toBe(1);
  });
});

describe("Holm's adjustment", () => {
  it('is R’s p.adjust, and in the order in which the tests came', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, n) => {
      expect(adjusted[n]).toBeCloseTo(p, 12);
    });
  });

  it('leaves one test alone and never passes 1', () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('the interval of a mean', () => {
  it('of nothing but zeros is that of a share: 0 of 1000 is below 0.37 %', () => {
    const { low, high } = meanInterval(0, 1000);
    expect(low).toBe(0);
    near(high, clopperPearson(0, 1000).high);
    near(1 - meanInterval(1, 1000).low, clopperPearson(0, 1000).high);
  });

  it('holds the mean, and the share that is as long as possible', () => {
    for (const [k, n] of [
      [1, 10],
      [37, 1000],
      [500, 1000],
      [999, 1000],
    ] as const) {
      const [mean, share] = [meanInterval(k / n, n), clopperPearson(k, n)];
      expect(mean.low).toBeLessThan(share.low);
      expect(mean.high).toBeGreaterThan(share.high);
      // Two of Hoeffding's exponents make a normal interval of sqrt(2 log 40), against 1.96.
      expect(mean.high - mean.low).toBeLessThan(1.6 * (share.high - share.low));
    }
  });

  it('ends where the mean is too unlikely: n times the relative entropy is log(2 / 5 %)', () => {
    const { low, high } = meanInterval(0.2, 100);
    for (const mu of [low, high]) {
      const entropy = 0.2 * Math.log(0.2 / mu) + 0.8 * Math.log(0.8 / (1 - mu));
      expect(100 * entropy).toBeCloseTo(Math.log(40), 9);
    }
  });

  it('of nothing tried is everything', () => {
    expect(meanInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('covers: of rare exposures the true mean is outside in less than 5 % of campaigns', () => {
    let state = 1;
    const dice = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    const [campaigns, seeds, often, long] = [400, 200, 0.03, 0.9];
    let outside = 0;
    for (let c = 0; c < campaigns; c++) {
      let sum = 0;
      for (let s = 0; s < seeds; s++) if (dice() < often) sum += long * dice();
      const { low, high } = meanInterval(sum / seeds, seeds);
      const truth = (often * long) / 2;
      if (truth < low || truth > high) outside++;
    }
    expect(outside / campaigns).toBeLessThan(0.05);
  });
});
