/** A chunk as reports take it: whose its runs are, and how each of them is named and repeated. */
import { placesAgain } from '../../lab/sweep/again.js';
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import type { SeriesHeader, SweepHeader } from '../../lab/sweep/header.js';
import { seedAt, type Chunk } from '../../lab/sweep/plan.js';
import type { Verdict } from '../../lab/outcome.js';
import type { Piece } from '../../report/tally.js';
import { repeatOfRun } from '../session.js';

export function seriesOf({ series }: SweepHeader, chunk: Pick<Chunk, 'series'>): SeriesHeader {
  const found = series[chunk.series];
  if (found === undefined) throw new Error(`there is no series ${chunk.series}`);
  return found;
}

export function pieceOf(header: SweepHeader, chunk: Chunk, sum: ChunkSum): Piece {
  const { file, subject } = seriesOf(header, chunk);
  return {
    file,
    subject,
    sum,
    seedOf: (n) => seedAt(chunk, n),
    repeatOf: (seed, verdict) => {
      const said = subject.fixed ? undefined : seed;
      return repeatOfRun(commandFor(verdict), file, subject.strategy, said, header.sets);
    },
  };
}

/**
 * What shows why a run has its verdict: of one that does not repeat, the event in which it differs.
 */
export function commandFor(verdict: Verdict): 'run' | 'doctor' {
  return verdict === 'NONDETERMINISTIC' ? 'doctor' : 'run';
}

/** How many of those runs were made again in a fresh world. */
export function runsAgain({ again, plan }: SweepHeader, chunk: Chunk, { runs }: ChunkSum): number {
  return again ? placesAgain(plan, { ...chunk, runs }).length : 0;
}
