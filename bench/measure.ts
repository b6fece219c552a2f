/**
 * Measured on a machine that others use too: in turn with what it stands beside, several times, and
 * the median counts. In processor time where that can be had.
 */
import { performance } from 'node:perf_hooks';

/** Processor seconds that the work took. */
export function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return since(before);
}

export async function secondsOfAsync(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return since(before);
}

/** By the clock on the wall. */
export function wallSecondsOf(work: () => void): number {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
}

/** The medians of measures that are taken one after the other, so many times. */
export function inTurn(
  times: number,
  ours: () => number,
  theirs: () => number,
): { readonly ours: number; readonly theirs: number } {
  const all = Array.from({ length: times }, () => ({ ours: ours(), theirs: theirs() }));
  return {
    ours: median(all.map((each) => each.ours)),
    theirs: median(all.map((each) => each.theirs)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('of no values there is no median');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
