/**
 * Shapes of load and hardware: what each scenario's story claims, with its shape and without it.
 */
import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover, stepsOf } from '../../src/aftermath/recover.js';
import type { Crash } from '../../src/lab/crash.js';
import { plannedCrash } from '../../src/lab/experiment.js';
import { ownersOf } from '../../src/ext2/owners.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { Runner } from '../../src/lab/runner.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { toResync } from '../../src/media/record.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { strategyNamed } from '../../src/strategies/shipped.js';
import { shippedScenario } from '../support/shipped-scenarios.js';
import { only, tell } from '../support/told.js';

function ran(scenario: Scenario, strategy: FixStrategy = clearWhenIdle): Outcome {
  return new Runner().run(scenario, strategy, scenario.seed);
}

function crashOf(scenario: Scenario): { readonly lab: Laboratory; readonly crash: Crash } {
  const lab = laboratory(scenario, clearWhenIdle);
  const crash = plannedCrash(lab, () => seeded(scenario.seed));
  if (crash === undefined) throw new Error(`${scenario.name} does not crash`);
  return { lab, crash };
}

function shipped(strategy: string): FixStrategy {
  const found = strategyNamed(strategy);
  if (found === undefined) throw new Error(`there is no ${strategy}`);
  return found;
}

/** How many of the first so many seeds were exposed. */
function exposedRuns(scenario: Scenario, seeds: number, strategy: FixStrategy): number {
  const runner = new Runner();
  const runs = Array.from({ length: seeds }, (_, n) => runner.run(scenario, strategy, `${n + 1}`));
  return runs.filter(({ exposure }) => exposure.windowCount > 0).length;
}

describe('a busy neighbour', () => {
  const scenario = shippedScenario('shapes/busy-neighbour.yaml');

  it('hides a difference that is there: its region is marked, and recovery copies it', () => {
    const { lab, crash } = crashOf(scenario);
    const [sector = -1] = mismatchesOf(crash.image);
    const owners = ownersOf(crash.image.legs[0]!, lab.layout);
    expect(owners.ofSector(sector)).toBe('data of /records, block 124');
    expect(toResync(crash.image.record)).toEqual([0]);
    expect(mismatchesOf(recover(crash.image).image)).toEqual([]);
  });

  it('gone, leaves the difference in the open', () => {
    const alone = {
      ...scenario,
      workload: scenario.workload.filter(({ name }) => name === 'records'),
    };
    const exposureOf = (one: Scenario): number => {
      const runner = new Runner();
      const runs = [1, 2, 3, 4, 5, 6].map((seed) => runner.run(one, clearWhenIdle, `${seed}`));
      return runs.reduce((sum, { exposure }) => sum + exposure.fraction, 0);
    };
    expect(exposureOf(alone)).toBeGreaterThan(20 * exposureOf(scenario));
  });
});

describe('legs that are not alike', () => {
  it('race more often than legs that are', () => {
    const skewed = shippedScenario('shapes/leg-skew.yaml');
    const [first] = skewed.mirror.legs;
    const alike = { ...skewed, mirror: { ...skewed.mirror, legs: [first!, first!] } };
    expect(ran(skewed).raceHits).toBeGreaterThan(5 * ran(alike).raceHits);
  });

  it('may be sampled in the other order than they were asked', () => {
    const { all, nameOf } = tell(shippedScenario('polarity/leg-1-first.yaml'));
    const raced = only(all, 'store').filter(
      ({ sector, sampledBefore }) =>
        nameOf(sector).startsWith('block bitmap') && sampledBefore[0] !== sampledBefore[1],
    );
    expect(raced.length).toBeGreaterThan(0);
    for (const { sampledBefore } of raced) expect(sampledBefore).toEqual([false, true]);
  });
});

describe('a crash in the midst of a recovery', () => {
  const scenario = shippedScenario('shapes/crash-in-recovery.yaml');
  const whole = { ...scenario, recovery: { interruptedAt: [] } };

  it('costs work that is done again, and changes nothing in the end', () => {
    const twice = ran(scenario);
    const once = ran(whole);
    expect(once.recovery?.resyncedRegions).toBeGreaterThan(1);
    expect(twice.recovery?.resyncBytes).toBeGreaterThan(once.recovery!.resyncBytes);
    expect(twice.divergence).toEqual(once.divergence);
  });

  it('leaves something to be copied each time', () => {
    const { crash } = crashOf(scenario);
    let image = crash.image;
    for (const share of scenario.recovery.interruptedAt) {
      const steps = stepsOf(image).length;
      image = recover(image, Math.floor((steps * share) / 100)).image;
      expect(stepsOf(image).length).toBeLessThan(steps);
      expect(stepsOf(image).length).toBeGreaterThan(0);
    }
  });
});

describe('a page that is freed before its second write', () => {
  it.each(['clear-after-period', 'clean-candidate'])(
    'differs for good under %s, and harms nobody',
    (name) => {
      const { exposure, harm } = ran(
        shippedScenario('shapes/freed-before-second-write.yaml'),
        shipped(name),
      );
      expect(exposure.windows.at(-1)?.toNs).toBe(70e9);
      expect(harm).toEqual([]);
    },
  );
});

describe('the period of pdflush', () => {
  const scenario = shippedScenario('holes/pdflush-period.yaml');

  it('is 30 s of age and up to a tick of 5 s: what is left open is about that tick', () => {
    const { exposure } = ran(scenario, shipped('clear-after-period'));
    const [window] = exposure.windows;
    expect(window!.fromNs).toBeGreaterThan(65e9);
    expect(window!.fromNs).toBeLessThan(66e9);
    expect(window!.toNs).toBeGreaterThan(70e9);
    expect(window!.toNs).toBeLessThan(71e9);
  });

  it('leaves nothing open on that load when the tick is waited for, too', () => {
    const patient = shippedScenario(
      'holes/pdflush-period.yaml',
      'strategies={ clear-after-period: { period: 36s } }',
    );
    expect(exposedRuns(scenario, 8, shipped('clear-after-period'))).toBeGreaterThan(0);
    expect(exposedRuns(patient, 8, shipped('clear-after-period'))).toBe(0);
  });
});

describe('a store that sync() cannot see', () => {
  const file = 'holes/preempted-before-dirty.yaml';

  it('is marked dirty only after the region was cleared', () => {
    const scenario = shippedScenario(file);
    const { outcome, happenings } = new Runner().tell(
      scenario,
      shipped('clean-candidate'),
      scenario.seed,
    );
    const sector = outcome.divergence[0]!.sector;
    const about = only(happenings, 'store').filter((one) => one.sector === sector);
    const dirtied = only(happenings, 'dirtied').filter(
      (one) => one.sector <= sector && sector < one.sector + one.sectors,
    );
    expect(about.at(-1)!.sampledBefore[0]).not.toBe(about.at(-1)!.sampledBefore[1]);
    expect(dirtied.at(-1)!.at).toBeLessThan(about.at(-1)!.at);
    expect(only(happenings, 'log-landed').at(-1)!.cleared.length).toBeGreaterThan(0);
  });

  it('needs a thread that is gone for long: one that is not is seen', () => {
    const prompt = shippedScenario(file, 'preemption=50us');
    expect(ran(prompt, shipped('clean-candidate')).exposure.windowCount).toBe(0);
  });
});
