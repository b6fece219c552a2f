/**
 * A walk over the steps of a workload in the order of the file, with the path of each in the file.
 */
import type { Path } from './path.js';
import type { Application, Step } from '../machine/program.js';

export interface WalkedStep {
  readonly application: string;
  readonly step: Step;
  readonly path: Path;
  /** How many repeats it stands in. */
  readonly depth: number;
}

/**
 * `plain` is the workload as the file has it: an application is a list of steps, or a map that has
 * one.
 */
export function* everyStep(
  workload: readonly Application[],
  plain: unknown,
): Generator<WalkedStep> {
  const applications = new Map(Object.entries(plain ?? {}));
  for (const { name, steps } of workload) {
    const bare = Array.isArray(applications.get(name));
    const path = bare ? ['workload', name] : ['workload', name, 'steps'];
    yield* within(name, steps, path, 0);
  }
}

/** The file that a step is about. */
export function pathIn(step: Step): string | undefined {
  return 'path' in step ? step.path : undefined;
}

function* within(
  application: string,
  steps: readonly Step[],
  parent: Path,
  depth: number,
): Generator<WalkedStep> {
  for (const [i, step] of steps.entries()) {
    const path = [...parent, i];
    yield { application, step, path, depth };
    if (step.do !== 'repeat') continue;
    yield* within(application, step.steps, [...path, 'repeat', 'do'], depth + 1);
  }
}
