/**
 * A workload without its loops and pauses: each call that was made, at the instant at which it was
 * made. A call less then moves no other, and of thousands of rounds the two that matter can stay.
 */
import { AS_WRITTEN } from '../conditions.js';
import { laboratory } from '../laboratory.js';
import { isStop } from '../stopped.js';
import type { Happening } from '../../machine/happening.js';
import type { Step } from '../../machine/program.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Choice } from '../../sim/entropy.js';
import { hinted } from '../../sim/hinted.js';
import { instantOf, type Instant } from '../../sim/time.js';

/** What one application called, and when. */
export interface Called {
  readonly step: Step;
  readonly at: Instant;
}

/** By application. */
export type Calls = readonly (readonly Called[])[];

export function callsOf(
  scenario: Scenario,
  strategy: FixStrategy,
  choices: readonly Choice[],
): Calls {
  const began = beginnings(scenario, strategy, choices);
  return scenario.workload.map(({ name, steps }) => {
    const times = began.get(name) ?? [];
    const calls = inOrder(steps);
    return times.flatMap((at) => {
      const next = calls.next();
      return next.done === true ? [] : [{ step: next.value, at }];
    });
  });
}

/** The first and the last so many calls of each application; undefined: one makes none. */
export function unrolled(
  scenario: Scenario,
  calls: Calls,
  first: number,
  last: number,
): Scenario | undefined {
  const workload = scenario.workload.flatMap((application, n) => {
    const all = calls[n] ?? [];
    const kept = all.filter((_, i) => i < first || i >= all.length - last);
    const steps = kept.flatMap(({ step, at }): Step[] => [{ do: 'at', at }, step]);
    return steps.length === 0 ? [] : [{ ...application, steps }];
  });
  return workload.length === 0 ? undefined : { ...scenario, workload };
}

export function hasLoop({ workload }: Scenario): boolean {
  return workload.some(({ steps }) => steps.some((step) => step.do === 'repeat'));
}

/** When each application began its calls. */
function beginnings(
  scenario: Scenario,
  strategy: FixStrategy,
  choices: readonly Choice[],
): Map<string, Instant[]> {
  const { world } = laboratory(scenario, strategy, AS_WRITTEN);
  const began = new Map<string, Instant[]>(scenario.workload.map(({ name }) => [name, []]));
  world.trace.listen((happening: Happening) => {
    if (happening.kind === 'step') began.get(happening.actor)?.push(happening.at);
  });
  try {
    world.reset(hinted(choices));
    world.runTo(instantOf(scenario.duration - 1));
  } catch (error) {
    if (!isStop(error)) throw error;
  }
  return began;
}

/** The calls of a program, one after another, without end where it has none. */
function* inOrder(steps: readonly Step[]): Generator<Step, undefined> {
  for (const step of steps) {
    if (step.do === 'sleep' || step.do === 'at') continue;
    if (step.do !== 'repeat') {
      yield step;
      continue;
    }
    if (!step.steps.some(makesCalls)) continue;
    for (let n = 0; step.times === undefined || n < step.times; n++) yield* inOrder(step.steps);
  }
  return undefined;
}

function makesCalls(step: Step): boolean {
  if (step.do === 'repeat') return step.steps.some(makesCalls);
  return step.do !== 'sleep' && step.do !== 'at';
}
