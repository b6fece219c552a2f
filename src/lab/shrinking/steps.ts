/** Every list of steps that has one step less than a list, or one number lower. */
import { lowerings, roundLowerings, spreadLowerings } from './lowerings.js';
import type { Step } from '../../machine/program.js';
import { SECTOR_BYTES } from '../../media/geometry.js';
import { instantOf } from '../../sim/time.js';

type Repeat = Extract<Step, { readonly do: 'repeat' }>;

export function stepsRemoved(steps: readonly Step[]): (readonly Step[])[] {
  return replaced(steps, (step) => [[], ...(step.do === 'repeat' ? withinRemoved(step) : [])]);
}

export function stepsLowered(steps: readonly Step[]): (readonly Step[])[] {
  return replaced(steps, lowered);
}

/** Each list in which one step is others. */
function replaced(
  steps: readonly Step[],
  instead: (step: Step) => readonly (readonly Step[])[],
): (readonly Step[])[] {
  return steps.flatMap((step, n) =>
    instead(step).map((others) => steps.toSpliced(n, 1, ...others)),
  );
}

/** How many steps there are, those within others too. */
export function countSteps(steps: readonly Step[]): number {
  return steps.reduce(
    (sum, step) => sum + 1 + (step.do === 'repeat' ? countSteps(step.steps) : 0),
    0,
  );
}

function lowered(step: Step): (readonly Step[])[] {
  switch (step.do) {
    case 'create':
    case 'unlink':
    case 'fsync':
    case 'sync':
      return [];
    case 'append':
      return roundLowerings(step.bytes, 1).map((bytes) => [{ ...step, bytes }]);
    case 'overwrite':
    case 'store':
    case 'scribble':
      return placed(step, 1);
    case 'direct':
      return placed(step, SECTOR_BYTES);
    case 'use':
    case 'release':
      return roundLowerings(step.bytes, 4096, 4096).map((bytes) => [{ ...step, bytes }]);
    case 'sleep':
      return spreadLowerings(step.for).map((spread) => [{ ...step, for: spread }]);
    case 'at':
      return roundLowerings(step.at, 0).map((at) => [{ ...step, at: instantOf(at) }]);
    case 'repeat':
      return repeated(step);
  }
}

/** `grain`: what offset and size are whole numbers of. */
function placed(step: Extract<Step, { readonly offset: number }>, grain: number): Step[][] {
  return [
    ...roundLowerings(step.offset, 0, grain).map((offset) => [{ ...step, offset }]),
    ...roundLowerings(step.bytes, grain, grain).map((bytes) => [{ ...step, bytes }]),
  ];
}

/** Once and without a loop, or with a step less. */
function withinRemoved(step: Repeat): (readonly Step[])[] {
  return [step.steps, ...withSteps(step, stepsRemoved(step.steps))];
}

/** Fewer times, with shorter pauses, with less to do. */
function repeated(step: Repeat): (readonly Step[])[] {
  const times = step.times === undefined ? [1, 2, 4, 8] : lowerings(step.times, 1);
  return [
    ...times.map((fewer): Step[] => [{ ...step, times: fewer }]),
    ...spreadLowerings(step.every).map((every): Step[] => [{ ...step, every }]),
    ...withSteps(step, stepsLowered(step.steps)),
  ];
}

function withSteps(step: Repeat, lists: readonly (readonly Step[])[]): Step[][] {
  return lists.filter((steps) => steps.length > 0).map((steps) => [{ ...step, steps }]);
}
