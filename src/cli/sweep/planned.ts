/** From what is to be tried to the plan of a sweep, and the header that goes with its results. */
import { keepsRuns, type SweepHeader } from '../../lab/sweep/header.js';
import { subjectOf } from '../../lab/sweep/subject.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Seeds } from '../chosen.js';
import type { Given } from '../given.js';
import type { Outputs } from '../reporting/outputs.js';
import type { Session } from '../session.js';
import { lasting } from './lasting.js';
import { bailOf } from './how.js';
import type { Sweep } from './under-way.js';

/** A file's scenario under a strategy. */
export interface TriedFile {
  readonly file: string;
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
}

export function plannedSweep(
  command: SweepHeader['command'],
  tried: readonly TriedFile[],
  seeds: Seeds,
  given: Given,
  session: Session,
  { needsEach }: Pick<Outputs, 'needsEach'>,
): Sweep {
  const plan = {
    firstSeeds: tried.map(({ scenario }) => seeds.firstOf(scenario)),
    count: seeds.count,
  };
  const header: SweepHeader = {
    command,
    plan,
    args: lasting(session.args),
    sets: given.texts('set'),
    series: tried.map(({ file, scenario, strategy }) => ({
      file,
      subject: subjectOf(scenario, strategy),
    })),
    keep: needsEach || keepsRuns(plan),
    bail: bailOf(given),
    again: given.flag('check-determinism'),
    failOn: given.texts('fail-on'),
    shrink: command === 'run' && !given.flag('no-shrink'),
  };
  return { header, tried };
}
