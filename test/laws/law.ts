/** Laws as data: trials that anybody may carry out, and what each finds against the program. */
import type { Case } from './benches.js';

/** One bench under one strategy, with seeds of its own. */
export interface Trial {
  readonly what: string;
  /** What does not hold; empty: the law was kept. */
  readonly faults: () => readonly string[];
}

export interface Law {
  readonly name: string;
  readonly trials: readonly Trial[];
}

/**
 * A trial for each case, at most so many, in an order in which the first few have little in common.
 */
export function lawOf(
  name: string,
  cases: readonly Case[],
  faults: (one: Case) => readonly string[],
  most = Infinity,
): Law {
  const trials = mixed(cases).map((one): Trial => {
    const [strategy, bench] = one;
    return { what: `${strategy}, ${bench}`, faults: () => faults(one) };
  });
  return { name, trials: trials.slice(0, most) };
}

/** All of them, each as far from the last as the golden section wants it. */
export function mixed<T>(all: readonly T[]): T[] {
  let step = Math.max(1, Math.round(all.length * 0.618));
  while (divisor(step, all.length) > 1) step++;
  return all.map((_, n) => all[(n * step) % all.length]!);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
