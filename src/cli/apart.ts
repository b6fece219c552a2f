/**
 * One piece of work in a thread of its own, which can be ended: a strategy of a user's own may do
 * there what it likes, and Ctrl-C or the end of the user's time leave it and nothing else.
 */
import { Tinypool } from 'tinypool';
import { Asking } from '../lab/asking.js';
import type { Rooms } from './laboratory.js';
import { deathOf, deathsIn } from './sweep/deaths.js';
import type { Tried } from './sweep/make-chunks.js';
import { namedSeries, type NamedSeries } from './sweep/named-series.js';

/** What every such piece is handed, and more by its kind. */
export interface HandedApart {
  readonly series: NamedSeries;
  /** Of what the hook of a user's own strategy is asked. */
  readonly asking: SharedArrayBuffer;
}

/**
 * `work`: what the worker exports; its answer is of that type. `givenUp`: an answer that does not
 * wait for it. Throws what the thread died of.
 */
export async function apart<Handed extends HandedApart, T>(
  work: 'explore' | 'makeSmall' | 'rehearse',
  tried: Tried,
  more: Omit<Handed, keyof HandedApart>,
  { worker, patienceMs }: Rooms,
  givenUp?: Promise<T>,
): Promise<T> {
  const pool = new Tinypool({
    filename: worker.href,
    name: work,
    minThreads: 1,
    maxThreads: 1,
    trackUnmanagedFds: false,
  });
  let isOver = false;
  const deaths = deathsIn(pool, patienceMs, () => isOver);
  const asking = new Asking();
  const handed = { ...more, series: namedSeries(tried), asking: asking.buffer };
  try {
    const made = pool.run(handed) as Promise<T>;
    const others = givenUp === undefined ? [] : [givenUp];
    return await Promise.race([made, deaths.next(0, asking), ...others]);
  } catch (error) {
    throw deathOf(error, asking);
  } finally {
    isOver = true;
    deaths.end();
    await pool.destroy();
  }
}
