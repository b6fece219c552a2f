import { describe, expect, it } from 'vitest';
import { laboratory } from '../../src/lab/laboratory.js';
import { experiment } from '../../src/lab/experiment.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { toldBy } from '../support/watched-run.js';

interface Setting {
  /** The pause between two stores. */
  readonly every?: string;
  readonly leg0?: string;
  readonly leg1?: string;
}

const UNEVEN = '{ uniform: [1ms, 6ms] }';

/** One application stores into a page again and again, another calls sync. */
function storesAndSyncs({
  every = '{ uniform: [5ms, 200ms] }',
  leg0 = UNEVEN,
  leg1 = UNEVEN,
}: Setting): Scenario {
  return smallScenario(
    'duration=3s',
    'filesystem={ type: ext2, blockSize: 1KiB, size: 64KiB }',
    `mirror.legs=[${drive(leg0, '{ uniform: [2ms, 9ms] }')}, ${drive(leg1, '{ uniform: [2ms, 9ms] }')}]`,
    `workload={ stores: [{ create: /a }, { append: [/a, 512B] }, { repeat: { every: ${every}, do: [{ overwrite: [/a, 0B, 512B] }] } }],` +
      ' syncs: [{ repeat: { every: { uniform: [300ms, 900ms] }, do: [sync] } }] }',
    'crash=first-exposed',
  );
}

/** Mean exposure over seeds, in nanoseconds a run. */
function meanExposure(
  scenario: Scenario,
  seeds: number,
  strategy: FixStrategy = clearWhenIdle,
): number {
  const { world } = laboratory(scenario, strategy);
  let total = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    world.reset(seeded(`${seed}`));
    world.runTo(instantOf(scenario.duration - 1));
    world.finish(instantOf(scenario.duration));
    total += world.exposure.totalNs;
  }
  return total / seeds;
}

function falls(means: readonly number[]): boolean {
  return means.every((mean, i) => i === 0 || mean < means[i - 1]!);
}

describe('divergence is emergent', () => {
  it('comes to some of a thousand seeds and not to others', () => {
    const lab = laboratory(storesAndSyncs({}), clearWhenIdle);
    const outcomes = Array.from({ length: 1000 }, (_, n) =>
      experiment(lab, () => seeded(`${n + 1}`)),
    );
    const diverged = outcomes.filter(({ divergence }) => divergence.length > 0).length;
    expect(diverged).toBeGreaterThan(50);
    expect(diverged).toBeLessThan(950);
    for (const { divergence, exposure } of outcomes) {
      expect(divergence.length > 0).toBe(exposure.windowCount > 0);
    }
  });

  it('comes to no seed where regions stay marked', () => {
    expect(meanExposure(storesAndSyncs({}), 300, markUntilUnmount)).toBe(0);
  });

  it('comes less often when stores do', () => {
    const pauses = [
      '{ uniform: [2ms, 18ms] }',
      '{ uniform: [20ms, 180ms] }',
      '{ uniform: [200ms, 1800ms] }',
    ];
    const means = pauses.map((every) => meanExposure(storesAndSyncs({ every }), 120));
    expect(falls(means)).toBe(true);
    expect(means.at(-1)).toBeLessThan(means[0]! / 5);
  });

  it('comes less often when the legs sample closer together', () => {
    const skews = ['17ms', '5ms', '1ms'];
    const means = skews.map((leg1) => meanExposure(storesAndSyncs({ leg0: '1ms', leg1 }), 250));
    expect(falls(means)).toBe(true);
    expect(means[0]).toBeGreaterThan(0);
  });

  it('hardly comes to legs of one constant latency: only the time between two submissions is left', () => {
    const constant = meanExposure(storesAndSyncs({ leg0: '3ms', leg1: '3ms' }), 250);
    expect(constant).toBeLessThan(meanExposure(storesAndSyncs({}), 250) / 3);
  });
});

/**
 * The page is dirtied at 2 s, so pdflush writes it at 35 s. A store comes at a set time after that;
 * the legs sample at some 10 and 40 ms and are done with the page at some 140 ms. Whatever is dirty
 * then is written again at 70 s.
 */
function oneStoreAt(delayMs: number, leg0: string, leg1: string): Scenario {
  return smallScenario(
    'duration=60s',
    `mirror.legs=[${drive(leg0, '100ms')}, ${drive(leg1, '100ms')}]`,
    'workload={ makes: [{ create: /a }, { append: [/a, 512B] }, sync],' +
      ' dirties: [{ sleep: 2s }, { overwrite: [/a, 0B, 512B] }],' +
      ` races: [{ sleep: ${35_000 + delayMs}ms }, { overwrite: [/a, 0B, 512B] }] }`,
  );
}

describe.each([
  ['the default leg samples first', '5ms', '35ms', 'true false'],
  ['the default leg samples last', '35ms', '5ms', 'false true'],
])('a single store while the page is written, when %s', (_, leg0, leg1, between) => {
  const runs = Array.from({ length: 36 }, (_ignored, n) => {
    const scenario = oneStoreAt(1 + 5 * n, leg0, leg1);
    const lab = laboratory(scenario, clearWhenIdle);
    const store = toldBy(lab).find(
      (told) =>
        told.kind === 'store' &&
        told.actor === 'races' &&
        told.what.startsWith('generic_perform_write'),
    );
    lab.world.finish(instantOf(scenario.duration));
    const sampled = store?.kind === 'store' ? store.sampledBefore : [];
    return { sampled: sampled.join(' '), exposedNs: lab.world.exposure.totalNs };
  });
  const whereSampled = (sampled: string): number[] =>
    runs.filter((run) => run.sampled === sampled).map(({ exposedNs }) => exposedNs);

  it('leaves nothing when it falls before both samples', () => {
    const exposures = whereSampled('false false');
    expect(exposures.length).toBeGreaterThan(1);
    expect(new Set(exposures)).toEqual(new Set([0]));
  });

  it('leaves nothing when it falls after both samples', () => {
    const exposures = whereSampled('true true');
    expect(exposures.length).toBeGreaterThan(5);
    expect(new Set(exposures)).toEqual(new Set([0]));
  });

  it('leaves the legs different until the end when it falls between them', () => {
    const exposures = whereSampled(between);
    expect(exposures.length).toBeGreaterThan(3);
    for (const exposedNs of exposures) expect(exposedNs).toBeGreaterThan(24e9);
  });

  it('finds the legs in that order', () => {
    const orders = new Set(runs.map(({ sampled }) => sampled));
    expect(orders).toEqual(new Set(['', 'false false', between, 'true true']));
  });
});
