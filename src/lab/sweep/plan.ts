/**
 * What a sweep is going to run, and in which order: series after series (a scenario under a
 * strategy), each over its seeds, cut into chunks.
 *
 * The chunks follow from the number of seeds alone. Whoever makes them, on however many cores and
 * machines, they are the same and are added up in the same order: so sums have the same last bits.
 */

/** Fewer seeds than this would spend their time on being handed over. */
const LEAST_IN_CHUNK = 100;
const MOST_IN_CHUNK = 1000;
/** About how many chunks a long series has: enough to be shared out evenly. */
const CHUNKS = 1000;

export interface Plan {
  /** The first seed of each series; all have equally many, one after another. */
  readonly firstSeeds: readonly number[];
  readonly count: number;
}

/** Seeds [first, first + runs) of one series. */
export interface Chunk {
  readonly number: number;
  readonly series: number;
  readonly first: number;
  readonly runs: number;
}

/** Which of the chunks: every `of`-th, beginning with the `index`-th, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Shard = { index: 1, of: 1 };

export function runsIn({ firstSeeds, count }: Plan): number {
  return firstSeeds.length * count;
}

export function chunkCount(plan: Plan): number {
  return plan.firstSeeds.length * chunksASeries(plan);
}

/** How many chunks are the shard's. */
export function chunkCountOf(plan: Plan, { index, of }: Shard): number {
  return Math.max(0, Math.ceil((chunkCount(plan) - index + 1) / of));
}

export function chunkAt(plan: Plan, number: number): Chunk {
  const each = chunksASeries(plan);
  const series = Math.floor(number / each);
  const from = (number - series * each) * chunkSize(plan);
  const first = plan.firstSeeds[series];
  if (first === undefined) throw new Error(`there is no chunk ${number}`);
  return {
    number,
    series,
    first: first + from,
    runs: Math.min(chunkSize(plan), plan.count - from),
  };
}

/** The number of the shard's n-th chunk, counted from 0. */
export function chunkNumber({ index, of }: Shard, n: number): number {
  return index - 1 + n * of;
}

/** The numbers of a shard's chunks, ascending. */
export function* chunkNumbers(plan: Plan, shard: Shard): Generator<number> {
  const count = chunkCountOf(plan, shard);
  for (let n = 0; n < count; n++) yield chunkNumber(shard, n);
}

/** How many runs a shard makes. */
export function runsInShard(plan: Plan, shard: Shard): number {
  if (shard.of === 1) return runsIn(plan);
  let runs = 0;
  for (const number of chunkNumbers(plan, shard)) runs += chunkAt(plan, number).runs;
  return runs;
}

/**
 * The text of a seed, put together: that of a number is kept by the engine for thousands of numbers
 * more, and is old by then: it takes memory until all of the heap is looked through.
 */
export function seedAt({ first }: Pick<Chunk, 'first'>, n: number): string {
  const seed = first + n;
  const last = seed % 1000;
  if (seed === last) return String(seed);
  return String((seed - last) / 1000) + String(1000 + last).slice(1);
}

function chunkSize({ count }: Plan): number {
  return Math.max(LEAST_IN_CHUNK, Math.min(MOST_IN_CHUNK, Math.ceil(count / CHUNKS)));
}

function chunksASeries(plan: Plan): number {
  return Math.ceil(plan.count / chunkSize(plan));
}
