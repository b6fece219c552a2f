import { describe, expect, it } from 'vitest';
import { crashAt } from '../../src/lab/crash.js';
import { experiment } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { Outcome } from '../../src/lab/outcome.js';
import type { Choice, Entropy } from '../../src/sim/entropy.js';
import { recorded, replay, scheduled, scheduleOf } from '../../src/sim/recording.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { LARGE_BENCHES, SMALL_BENCHES, casesOf, type Case } from './benches.js';

const CASES = casesOf('determinism', [...SMALL_BENCHES, ...LARGE_BENCHES]);
const SEED = '3';

function runOf([, , scenario, strategy]: Case, open: () => Entropy): Outcome {
  return experiment(laboratory(scenario, strategy), open);
}

/** A run and every answer that it was given. */
function recordedRun(one: Case): {
  readonly outcome: Outcome;
  readonly choices: readonly Choice[];
} {
  let last = recorded(seeded(SEED));
  const outcome = runOf(one, () => (last = recorded(seeded(SEED))));
  return { outcome, choices: last.choices };
}

describe('a run is a function of its scenario, its strategy and its choices', () => {
  it.each(CASES)('%s, %s: twice in one world', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    const first = experiment(lab, () => seeded(SEED));
    expect(experiment(lab, () => seeded(SEED))).toEqual(first);
    expect(first.events).toBeGreaterThan(100);
  });

  it.each(CASES)(
    '%s, %s: from its recorded choices, and from its schedule, which holds only answers other than 0',
    (...one) => {
      const { outcome, choices } = recordedRun(one);
      expect(choices.length).toBeGreaterThan(100);
      expect(runOf(one, () => replay(choices))).toEqual(outcome);
      const schedule = scheduleOf(choices);
      let last = scheduled(schedule);
      expect(runOf(one, () => (last = scheduled(schedule)))).toEqual(outcome);
      expect(last.unasked).toEqual([]);
      expect(schedule.every(({ answer }) => answer !== 0)).toBe(true);
    },
  );

  it.each(casesOf('seeds', SMALL_BENCHES))('%s, %s: another seed is another run', (...one) => {
    const fingerprints = ['1', '2', '3'].map((seed) => runOf(one, () => seeded(seed)).fingerprint);
    expect(new Set(fingerprints).size).toBe(3);
  });
});

describe('whatever ran before, a world that was reset equals a fresh one', () => {
  it.each(CASES)('%s, %s', (_, __, scenario, strategy) => {
    const fresh = experiment(laboratory(scenario, strategy), () => seeded(SEED));
    const used = laboratory(scenario, strategy);
    experiment(used, () => seeded('8'));
    for (const part of [0.21, 0.93]) {
      used.world.reset(seeded('9'));
      crashAt(used, instantOf(Math.floor(scenario.duration * part)));
      expect(experiment(used, () => seeded(SEED))).toEqual(fresh);
    }
  });
});

describe('to look disturbs nothing', () => {
  it.each(casesOf('looking', SMALL_BENCHES))('%s: %s', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    const undisturbed = experiment(lab, () => seeded(SEED));
    const { world } = lab;
    world.reset(seeded(SEED));
    world.trace.listen(() => undefined);
    for (let n = 1; n <= 97; n++) {
      crashAt(lab, instantOf(Math.floor((scenario.duration * n) / 98)));
      world.promised();
    }
    world.runTo(instantOf(scenario.duration - 1));
    world.finish(instantOf(scenario.duration));
    world.trace.listen(undefined);
    expect(world.fingerprint).toBe(undisturbed.fingerprint);
    expect(world.exposure.totalNs / scenario.duration).toBe(undisturbed.exposure.fraction);
    expect(world.events).toBe(undisturbed.events);
  });
});
