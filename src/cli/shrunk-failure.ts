/**
 * What `run` does with a failure that it found. Where runs are told in full it makes the first one
 * small, unless it is told not to; of more it names the command, so that a sweep takes no longer
 * for what it found and comes out the same in one and in parts.
 */
import type { ChunkSum } from '../lab/sweep/chunk-sum.js';
import type { SweepHeader } from '../lab/sweep/header.js';
import { seedAt, type Chunk } from '../lab/sweep/plan.js';
import type { SmallFailure } from '../report/reporters/reporter.js';
import { attempted } from './refused.js';
import { repeatOfRun, type Session } from './session.js';
import { seriesOf } from './sweep/pieces.js';
import type { Sweep } from './sweep/under-way.js';

/**
 * After so many tries a failure that nobody asked to shrink is small enough. No clock ends them:
 * what is told is the same on any machine. The shipped scenarios take 150 to 600.
 */
const MOST_TRIES = 1000;

/** Asked before each try: were there enough of them? */
export function enoughTries(): () => boolean {
  let left = MOST_TRIES;
  return () => left-- <= 0;
}

/** A run of a sweep that failed. */
export interface FoundFailure {
  readonly series: number;
  readonly seed: string;
}

export type Shrinker = (failure: FoundFailure | undefined) => SmallFailure | undefined;

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

export async function shrinkerOf({ header, tried }: Sweep, session: Session): Promise<Shrinker> {
  const [searches, { shrunkTeller }] = await Promise.all([
    session.rooms.searches(),
    import('./told-shrunk.js'),
  ]);
  const tell = await shrunkTeller(session);
  return (failure) => {
    const of = failure && tried[failure.series];
    if (failure === undefined || of === undefined) return undefined;
    const { scenario, strategy } = of;
    const repeat = shrinkCommand(header, failure);
    session.interrupts.leave();
    const shrunk = attempted(
      () => searches.shrink(scenario, strategy, failure.seed, enoughTries()),
      repeat,
    );
    return shrunk && { text: tell.text(shrunk, strategy, repeat), json: tell.json(shrunk) };
  };
}
