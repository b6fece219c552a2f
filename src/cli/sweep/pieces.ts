/** A chunk as reports take it: whose its runs are, and how each of them is named and repeated. */
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import type { SeriesHeader, SweepHeader } from '../../lab/sweep/header.js';
import { seedAt, type Chunk } from '../../lab/sweep/plan.js';
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
    ...{ subject, sum },
    seedOf: (n) => seedAt(chunk, n),
    repeatOf: (seed) => {
      const said = subject.fixed ? undefined : seed;
      return repeatOfRun('run', file, subject.strategy, said, header.sets);
    },
  };
}
