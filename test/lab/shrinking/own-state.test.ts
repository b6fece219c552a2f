/** A failure under a strategy of a user's own that goes by more than it is told. */
import { describe, expect, it } from 'vitest';
import { shrink } from '../../../src/lab/shrink.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

const scenario = shippedScenario('short.yaml');
const SOURCE = { path: './mine.js', sha256: '', name: 'mine' };

type Astray = (asked: number) => boolean;

/** As clear-when-idle, but for the questions and the runs where it goes astray. */
function own(isQuestion: Astray, isRun: Astray, then: () => 'hold' = () => 'hold'): FixStrategy {
  const asked = { questions: 0, runs: 0 };
  return {
    ...clearWhenIdle,
    source: SOURCE,
    remembers: 1,
    region(cause, region, memory, choose) {
      if (memory[0] === 0) asked.runs++;
      memory[0] = 1;
      asked.questions++;
      if (isQuestion(asked.questions) || isRun(asked.runs)) return then();
      return clearWhenIdle.region(cause, region, memory, choose);
    },
  };
}

const never = (): boolean => false;

function left(strategy: FixStrategy): (boolean | undefined)[] {
  const shrunk = shrink(scenario, strategy, '3', never);
  return [shrunk?.isMinimal, shrunk?.repeats];
}

describe('under a strategy of a user a failure', () => {
  it('is made as small as under one of ours', () => {
    const ours = shrink(scenario, clearWhenIdle, '3', never);
    const theirs = shrink(scenario, own(never, never), '3', never);
    expect(ours).toMatchObject({ isMinimal: true, repeats: true });
    expect(theirs).toMatchObject({ isMinimal: true, repeats: true, runs: ours?.runs });
  });

  it('is not minimal where the hook throws from some question on', () => {
    const tired = own(
      (questions) => questions > 100,
      never,
      () => {
        throw new Error('enough');
      },
    );
    expect(left(tired)).toEqual([false, false]);
  });

  it('is not minimal where the hook went astray in a run that was tried and then came back', () => {
    expect(left(own((questions) => questions === 100, never))).toEqual([false, false]);
  });

  // Wherever in the two runs of a trial, or between trials.
  it.each([40, 41, 42, 43])('is not minimal where run %i and all later ones differ', (first) => {
    expect(left(own(never, (runs) => runs >= first))).toEqual([false, false]);
  });
});
