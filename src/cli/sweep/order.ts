/**
 * What the lanes of a sweep are to make: chunk after chunk of one shard, by their places in it. It
 * is plain data that can be sent.
 */
import { placesAgain } from '../../lab/sweep/again.js';
import { chunkAt, chunkNumber, type Chunk, type Plan, type Shard } from '../../lab/sweep/plan.js';
import type { Task } from './make-chunk.js';

export interface Order {
  readonly plan: Plan;
  readonly shard: Shard;
  /** So many chunks of the shard were made earlier. */
  readonly before: number;
  /** So many are to be made; their places are counted from 0. */
  readonly chunks: number;
  readonly keep: boolean;
  readonly again: boolean;
  /** Nothing but the first runs of one of them. */
  readonly only: { readonly place: number; readonly runs: number } | undefined;
}

export function chunkIn({ plan, shard, before }: Order, place: number): Chunk {
  return chunkAt(plan, chunkNumber(shard, before + place));
}

export function taskIn(order: Order, place: number): Task {
  const chunk = chunkIn(order, place);
  const { plan, keep, only } = order;
  const { series, first } = chunk;
  const runs = only?.runs ?? chunk.runs;
  const again = order.again ? placesAgain(plan, { ...chunk, runs }) : [];
  return { series, first, runs, keep, alone: plan.count === 1, again };
}
