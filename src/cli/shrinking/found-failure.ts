/** The failures of a sweep that can be made small, and the command that does it. */
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import type { SweepHeader } from '../../lab/sweep/header.js';
import { seedAt, type Chunk } from '../../lab/sweep/plan.js';
import type { UnexpectedFailure } from '../../report/reporters/reporter.js';
import { repeatOfRun } from '../session.js';
import { seriesOf } from '../sweep/pieces.js';

/** A run of a sweep that failed. */
export interface FoundFailure {
  readonly series: number;
  readonly seed: string;
}

/** The first thing that went wrong and must not; what did not happen cannot be shrunk. */
export function failureIn(chunk: Chunk, sum: ChunkSum): FoundFailure | undefined {
  const found = sum.noted.find(({ verdict, outcome }) => verdict === 'FAIL' && outcome !== 'clean');
  return found && { series: chunk.series, seed: seedAt(chunk, found.run) };
}

export function shrinkCommand(header: SweepHeader, failure: FoundFailure): string {
  const { file, subject } = seriesOf(header, failure);
  const said = subject.fixed ? undefined : failure.seed;
  return repeatOfRun('shrink', file, subject.strategy, said, header.sets);
}

/** As reporters tell it where nobody has made it small. */
export function unexpectedOf(failure: FoundFailure, header: SweepHeader): UnexpectedFailure {
  const { file, subject } = seriesOf(header, failure);
  return {
    file,
    scenario: subject.scenario,
    strategy: subject.strategy,
    seed: subject.fixed ? undefined : failure.seed,
    command: shrinkCommand(header, failure),
    small: undefined,
  };
}
