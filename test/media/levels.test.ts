import { describe, expect, it } from 'vitest';
import {
  atLevels,
  constantLatency,
  latencyModel,
  type LatencyModel,
  type Spread,
} from '../../src/media/latency.js';
import { durationOf } from '../../src/sim/time.js';

function percentiles(...points: readonly (readonly [number, number])[]): Spread {
  return {
    kind: 'percentiles',
    points: points.map(([percent, ns]) => ({ percent, latency: durationOf(ns) })),
  };
}

describe('a few levels in place of many latencies', () => {
  const all = (model: LatencyModel): number[] =>
    Array.from({ length: model.bound }, (_, n) => model.at(n));
  const wide = latencyModel({ kind: 'uniform', from: durationOf(100), to: durationOf(300) });

  it('are the lowest, the highest and evenly spaced ranks between', () => {
    expect(all(atLevels(wide, 2))).toEqual([100, 300]);
    expect(all(atLevels(wide, 3))).toEqual([100, 200, 300]);
    expect(all(atLevels(wide, 5))).toEqual([100, 150, 200, 250, 300]);
    const table = latencyModel(percentiles([0, 10], [50, 20], [100, 1000]));
    expect(all(atLevels(table, 3))).toEqual([10, 19, 999]);
  });

  it('are the median where there is one', () => {
    expect(all(atLevels(wide, 1))).toEqual([200]);
  });

  it('leave a list as it is, and what has no more answers', () => {
    const listed = latencyModel({ kind: 'list', values: [5, 5, 9].map(durationOf) });
    expect(atLevels(listed, 1)).toBe(listed);
    expect(all(atLevels(constantLatency(durationOf(7)), 2))).toEqual([7]);
  });

  it('count equal latencies once', () => {
    const flat = latencyModel(percentiles([0, 10], [90, 10], [100, 20]));
    expect(all(atLevels(flat, 4))).toEqual([10, 19]);
  });

  it('are at least one', () => {
    expect(() => atLevels(wide, 0)).toThrow(RangeError);
    expect(() => atLevels(wide, 1.5)).toThrow(RangeError);
  });
});
