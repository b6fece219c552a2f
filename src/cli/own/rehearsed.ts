/**
 * What a strategy of a user's own is going to be asked in this process is asked first where its
 * thread can be ended, in one run: memory that is exhausted there does not end the program in
 * node's own way.
 * What searches ask in other runs is asked there only (`../searched.ts`).
 */
import { Asking } from '../../lab/asking.js';
import type { HandedApart } from '../apart.js';
import type { Rooms } from '../laboratory.js';
import { diedOf } from '../searched.js';
import type { Session } from '../session.js';
import type { Tried } from '../sweep/make-chunks.js';
import { strategyOf } from '../sweep/named-series.js';
import { whatIsLeft } from './what-is-left.js';

export interface HandedRun extends HandedApart {
  readonly seed: string;
}

/** Throws Refused where its thread came to nothing. */
export async function rehearsed(
  tried: Tried,
  seed: string,
  { rooms, own }: Pick<Session, 'rooms' | 'own'>,
): Promise<void> {
  if (tried.strategy.source === undefined) return;
  const { apart } = await import('../apart.js');
  try {
    await apart<HandedRun, 'done'>('rehearse', tried, { seed }, rooms);
  } catch (error) {
    throw own.faultIn(error) ?? diedOf(error, tried.strategy);
  }
}

/** What a worker does. */
export function rehearser(rooms: Rooms): (handed: HandedRun) => Promise<'done'> {
  return async ({ series: { scenario, strategy }, asking, seed }) => {
    const fix = await strategyOf(strategy, rooms, new Asking(asking));
    const bench = await rooms.bench();
    try {
      bench.run(scenario, fix, seed);
    } catch {
      // It is thrown again, and told, where it counts.
    }
    await whatIsLeft();
    return 'done';
  };
}
