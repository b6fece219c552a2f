import { describe, expect, it } from 'vitest';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import { seeded } from '../../src/sim/seeded.js';
import { Snapshot } from '../../src/sim/snapshot.js';
import { instantOf, type Instant } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';
import { rewindable } from '../support/rewindable.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';
import { CAMPAIGN } from '../support/campaign.js';
import { SMALL_BENCHES, casesOf, type Bench, type Case } from './benches.js';

const SHIPPED_BENCHES = shippedScenarios().map((path): Bench => [path, shippedScenario(path)]);
const WIDE = CAMPAIGN > 1;
const SEEDS = Array.from({ length: 3 * CAMPAIGN }, (_, n) => `${n + 1}`);

/** Strategies that between them have every kind of record and remember something of their own. */
const TELLING = ['clear-when-idle', 'clean-candidate', 'activity-log', 'md-bitmap'];

/** Every strategy on every bench in a campaign; else the telling ones. */
const CASES = casesOf('snapshots', [...SMALL_BENCHES, ...SHIPPED_BENCHES]).filter(isTold);

function isTold([strategy, bench]: Case): boolean {
  if (WIDE) return true;
  const isShipped = SHIPPED_BENCHES.some(([name]) => name === bench);
  const names = isShipped ? TELLING.slice(0, 2) : TELLING;
  return names.includes(strategy);
}

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
  it.each(CASES)('%s, %s', (_, __, scenario, strategy) => {
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
  });
});
