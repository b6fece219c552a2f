/**
 * A failure made small in a thread of its own, which can be ended: a strategy of a user's own may
 * do there what it likes, and Ctrl-C or the end of the user's time leave it and nothing else.
 */
import { Tinypool } from 'tinypool';
import { Asking } from '../../lab/asking.js';
import type { Rooms } from '../laboratory.js';
import { deathOf, deathsIn } from '../sweep/deaths.js';
import type { Tried } from '../sweep/make-chunks.js';
import { namedSeries } from '../sweep/named-series.js';
import type { HandedFailure, Left, Small } from './small-maker.js';

/** `givenUp`: makes it come to its end at once. */
export async function smallApart(
  tried: Tried,
  seed: string,
  { worker, patienceMs }: Rooms,
  givenUp: Promise<Left>,
): Promise<Small> {
  const pool = new Tinypool({
    filename: worker.href,
    name: 'makeSmall',
    minThreads: 1,
    maxThreads: 1,
    trackUnmanagedFds: false,
  });
  let isOver = false;
  const deaths = deathsIn(pool, patienceMs, () => isOver);
  const asking = new Asking();
  const handed: HandedFailure = { series: namedSeries(tried), seed, asking: asking.buffer };
  try {
    const made = pool.run(handed) as Promise<Small>;
    return await Promise.race([made, deaths.next(0, asking), givenUp]);
  } catch (error) {
    const death = deathOf(error);
    return { kind: 'left', why: death instanceof Error ? death.message : String(death) };
  } finally {
    isOver = true;
    deaths.end();
    await pool.destroy();
  }
}
