/**
 * Searches of a command: everything that can happen, and failures made small. They are made here,
 * but under a strategy of a user's own in a thread that can be ended: it is asked where no run had
 * asked it before, and may not return there, or exhaust the memory.
 */
import type { Explored, Wanted } from '../lab/explore.js';
import type { Shrunk } from '../lab/shrink.js';
import type { FixStrategy } from '../machine/strategy.js';
import { safe } from '../report/lines.js';
import type { Answer } from './answer.js';
import type { HandedApart } from './apart.js';
import { shown } from './given.js';
import { overAt } from './limits.js';
import { attempted, BrokenRun, Refused } from './refused.js';
import type { Session } from './session.js';
import { smallOf, type Failure, type HandedFailure } from './shrinking/small-maker.js';
import type { Enough } from './shrinking/enough-tries.js';
import type { HandedSearch } from './searcher.js';
import type { Tried } from './sweep/make-chunks.js';

/** Plain data; `end` as of {@link overAt}. */
export interface Extent extends Omit<Wanted, 'stop'> {
  readonly end: number | undefined;
}

/** `repeat`: the command that does it again. */
export async function explored(
  tried: Tried,
  extent: Extent,
  repeat: string,
  session: Session,
): Promise<Explored> {
  const { scenario, strategy } = tried;
  if (strategy.source !== undefined) {
    return inThread<HandedSearch, Explored>('explore', tried, { extent }, repeat, session);
  }
  const searches = await session.rooms.searches();
  const wanted = { ...extent, stop: overAt(extent.end) };
  return attempted(() => searches.explore(scenario, strategy, wanted), repeat);
}

/** undefined: it is no failure, or none by itself. */
export async function madeSmall(
  tried: Tried,
  failure: Failure,
  enough: Enough,
  repeat: string,
  session: Session,
): Promise<Shrunk | undefined> {
  const handed = { failure, enough };
  if (tried.strategy.source !== undefined) {
    return inThread<HandedFailure, Shrunk | undefined>('makeSmall', tried, handed, repeat, session);
  }
  const searches = await session.rooms.searches();
  return attempted(() => smallOf(tried, handed, searches), repeat);
}

async function inThread<Handed extends HandedApart, T>(
  work: 'explore' | 'makeSmall',
  tried: Tried,
  handed: Omit<Handed, keyof HandedApart>,
  repeat: string,
  { rooms, own }: Session,
): Promise<T> {
  const { apart } = await import('./apart.js');
  const answer = await apart<Handed, Answer<T>>(work, tried, handed, rooms).catch(
    (error: unknown) => {
      throw own.faultIn(error) ?? diedOf(error, tried.strategy);
    },
  );
  switch (answer.kind) {
    case 'made':
      return answer.made;
    case 'left':
      throw new Refused(safe(answer.why));
    case 'threw': {
      const cause = new Error(answer.message);
      cause.stack = answer.stack;
      throw new BrokenRun(cause, repeat);
    }
  }
}

/** A thread came to nothing while it asked a strategy of a user's own. */
export function diedOf(error: unknown, { name }: Pick<FixStrategy, 'name'>): Refused {
  const why = error instanceof Error ? error.message : String(error);
  return new Refused(`strategy ${shown(name)}: ${safe(why)}`);
}
