/** Which kind of failure an outcome is, so that a shrunk run can be held to it. */
import type { Outcome } from './outcome.js';
import { HARM_KINDS } from '../aftermath/steps.js';
import type { FailureClass } from '../scenario/failure-class.js';

/** `all`: what an application did to itself counts. undefined: nothing failed. */
export function failureOf(outcome: Outcome, all: boolean): FailureClass | undefined {
  switch (outcome.outcome) {
    case 'clean':
      return undefined;
    case 'exposed':
      return { outcome: 'exposed', harm: undefined, block: undefined };
    case 'diverged':
      return { outcome: 'diverged', harm: undefined, block: kindsOfBlocks(outcome, all)[0] };
    case 'harmed': {
      const harm = kindsOfHarm(outcome, all);
      const gravest = HARM_KINDS.find((kind) => harm.includes(kind));
      return { outcome: 'harmed', harm: gravest, block: undefined };
    }
  }
}

/** Whether that run failed in the same way, whatever else it did. */
export function failsAs(failure: FailureClass, outcome: Outcome, all: boolean): boolean {
  if (outcome.outcome !== failure.outcome) return false;
  const { harm, block } = failure;
  if (harm !== undefined && !kindsOfHarm(outcome, all).includes(harm)) return false;
  return block === undefined || kindsOfBlocks(outcome, all).includes(block);
}

function kindsOfHarm({ harm }: Outcome, all: boolean): string[] {
  return harm.filter(({ byApplication }) => all || !byApplication).map(({ kind }) => kind);
}

/** `block bitmap` for `block bitmap of group 0`, `data` for `data of /b, block 3`. */
export function kindOfBlock(belongsTo: string): string {
  return belongsTo.replace(/( of .*| \d+.*)$/s, '');
}

function kindsOfBlocks({ divergence }: Outcome, all: boolean): string[] {
  return divergence
    .filter(({ byApplication }) => all || !byApplication)
    .map(({ belongsTo }) => kindOfBlock(belongsTo));
}
