import { describe, expect, it } from 'vitest';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import { seeded } from '../../src/sim/seeded.js';
import { Snapshot } from '../../src/sim/snapshot.js';
import { instantOf, type Instant } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';
import { rewindable } from '../support/rewindable.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';
import { SMALL_BENCHES, casesOf, type Bench } from './benches.js';

const SHIPPED_BENCHES = shippedScenarios().map((path): Bench => [path, shippedScenario(path)]);
const SEEDS = ['1', '2', '3', '4', '5', '6'];

/** All that happens until then, whether it was exposed after each event, and what is left. */
function restOf({ world }: Laboratory, until: Instant): unknown {
  const happenings: Happening[] = [];
  const exposed: boolean[] = [];
  world.trace.listen((happening) => {
    // Who marks a buffer dirty is told by who stored last, which only the story remembers.
    const isMark = happening.kind === 'dirtied';
    happenings.push(isMark ? { ...happening, actor: '' } : happening);
  });
  while (world.advance(until))
    exposed.push(world.exposure.exposedNow, world.byApplication.exposedNow);
  world.trace.listen(undefined);
  const end = new Snapshot();
  world.save(end);
  const { record } = world.crash();
  const state = [end.length, end.low, end.high];
  return { happenings, exposed, now: world.now, record, state };
}

describe('a world that is restored goes on as it did', () => {
  it.each(casesOf('snapshots', [...SMALL_BENCHES, ...SHIPPED_BENCHES]))(
    '%s, %s',
    (_, __, scenario, strategy) => {
      const lab = laboratory(scenario, strategy);
      const { world } = lab;
      const kept = new Snapshot();
      const again = new Snapshot();
      for (const seed of SEEDS) {
        const entropy = rewindable(seeded(seed));
        world.reset(entropy);
        world.seal();
        const at = dice(Number(seed))(scenario.duration);
        const until = instantOf(Math.min(at + 4e9, scenario.duration - 1));
        world.runTo(instantOf(Math.min(at, until)));
        world.save(kept);
        entropy.mark();
        const first = restOf(lab, until);
        entropy.rewind();
        world.restore(kept);
        world.save(again);
        expect([again.low, again.high, again.length]).toEqual([kept.low, kept.high, kept.length]);
        expect(restOf(lab, until)).toEqual(first);
      }
    },
  );
});
