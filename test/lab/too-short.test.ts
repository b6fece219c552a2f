import { describe, expect, it } from 'vitest';
import { tooShortFor } from '../../src/lab/too-short.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { seconds } from '../../src/sim/time.js';
import { strategyNamed } from '../../src/strategies/shipped.js';

describe('a run too short for its strategy', () => {
  const lasting = (length: number): Parameters<typeof tooShortFor>[1] => ({
    duration: seconds(length),
    kernel: 'linux-2.6.25',
    strategies: {},
  });
  const going = (patience: number | undefined): FixStrategy => ({
    name: 'own',
    summary: '',
    record: 'dm-log',
    region: () => 'hold',
    ...(patience === undefined ? {} : { patience: seconds(patience) }),
  });

  it('is one of less than twice the time that a clearing takes', () => {
    expect(tooShortFor(going(30), lasting(60))).toBeUndefined();
    expect(tooShortFor(going(30.5), lasting(60))).toBe(
      'nothing could be cleared: that takes 30.5s, more than half of a run of 60s',
    );
    expect(tooShortFor(going(undefined), lasting(1))).toBeUndefined();
  });

  it('goes by what the scenario says of the strategy', () => {
    const candidate = strategyNamed('clean-candidate')!;
    const tuned = { ...lasting(60), strategies: { 'clean-candidate': { period: seconds(30) } } };
    expect(tooShortFor(candidate, lasting(60))).toContain('takes 120s');
    expect(tooShortFor(candidate, tuned)).toBeUndefined();
  });
});
