/** One who is given a toy under a strategy, and what it finds. */
export type Verdict = 'diverges' | 'never diverges' | 'not within the limit';

export interface Finding {
  readonly verdict: Verdict;
  /** From nothing to the verdict, compiling included, on the clock of the wall. */
  readonly seconds: number;
  /** Of which that is compiling. */
  readonly compiling: number;
  readonly states: number;
}

/** Seconds by the clock of the wall. */
export function timed<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const began = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - began) / 1000 };
}
