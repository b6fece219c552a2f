/** What `run` does with a failure that it found: it makes it small, unless it is told not to. */
import type { ChunkSum } from '../lab/sweep/chunk-sum.js';
import { seedAt, type Chunk } from '../lab/sweep/plan.js';
import { overIn } from './limits.js';
import { attempted } from './refused.js';
import { repeatOfRun, type Session } from './session.js';
import { shrunkTeller } from './told-shrunk.js';
import { seriesOf } from './sweep/pieces.js';
import type { Sweep } from './sweep/under-way.js';

/** Nanoseconds after which a failure that nobody asked to shrink is as small as it gets. */
export const PATIENCE = 10e9;

/** A run of a sweep that failed. */
export interface FoundFailure {
  readonly series: number;
  readonly seed: string;
}

export interface SmallFailure {
  readonly text: string;
  readonly json: object;
}

export type Shrinker = (failure: FoundFailure | undefined) => SmallFailure | undefined;

/** The first thing that went wrong and must not; what did not happen cannot be shrunk. */
export function failureIn(chunk: Chunk, sum: ChunkSum): FoundFailure | undefined {
  const found = sum.noted.find(({ verdict, outcome }) => verdict === 'FAIL' && outcome !== 'clean');
  return found && { series: chunk.series, seed: seedAt(chunk, found.run) };
}

export async function shrinkerOf({ header, tried }: Sweep, session: Session): Promise<Shrinker> {
  const bench = await session.rooms.bench();
  const tell = await shrunkTeller(session);
  return (failure) => {
    const of = failure && tried[failure.series];
    if (failure === undefined || of === undefined) return undefined;
    const { scenario, strategy } = of;
    const { file } = seriesOf(header, failure);
    const said = scenario.choices === undefined ? failure.seed : undefined;
    const repeat = repeatOfRun('shrink', file, strategy.name, said, header.sets);
    const stop = overIn(PATIENCE);
    const shrunk = attempted(() => bench.shrink(scenario, strategy, failure.seed, stop), repeat);
    return shrunk && { text: tell.text(shrunk, strategy, repeat), json: tell.json(shrunk) };
  };
}
