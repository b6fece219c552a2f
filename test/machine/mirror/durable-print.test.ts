import { describe, expect, it } from 'vitest';
import { conditionsOf, explore, type Wanted } from '../../../src/lab/explore.js';
import { NO_TIME } from '../../../src/lab/free-timing.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { replay } from '../../../src/sim/recording.js';
import { StateHash } from '../../../src/sim/state-hash.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

const FREE: Wanted = {
  timing: 'free',
  levels: 2,
  mostStates: undefined,
  untilFirst: true,
  stop: () => false,
};

describe('what is durable, as 64 bits', () => {
  const scenario = shippedScenario('explore/one-page-2-stores.yaml');
  const { choices, steps } = explore(scenario, clearWhenIdle, FREE).shortest!;
  const { world } = laboratory(scenario, clearWhenIdle, conditionsOf(FREE));

  /** After each event of the shortest way to a divergence: the bits, the legs, what is covered. */
  const after = (): { bits: string; legs: string; covered: string }[] => {
    world.reset(replay(choices));
    return Array.from({ length: steps }, () => {
      world.advance(NO_TIME);
      const hash = new StateHash();
      world.hashDurable(hash);
      const { legs, record } = world.crash();
      const values = legs.map((leg) => Array.from({ length: leg.count }, (_, n) => leg.get(n)));
      return {
        bits: `${hash.low} ${hash.high}`,
        legs: JSON.stringify(values),
        covered: record.bytes.join(),
      };
    });
  };

  it('differ exactly where the legs do, or what recovery copies of them', () => {
    const all = after();
    for (const one of all) {
      for (const other of all) {
        const isSame = one.legs === other.legs && one.covered === other.covered;
        expect(one.bits === other.bits).toBe(isSame);
      }
    }
  });

  it('tell the clear that seals a divergence from the moment before it', () => {
    const [before, sealed] = after().slice(-2);
    expect(sealed?.legs).toBe(before?.legs);
    expect(sealed?.bits).not.toBe(before?.bits);
  });
});
