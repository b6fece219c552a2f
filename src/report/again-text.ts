/**
 * How many runs of a sweep were made again in a fresh world, and whether they came out the same.
 */
import type { Verdict } from '../lab/outcome.js';
import { wrapped } from './lines.js';
import { counted } from './quantities.js';
import type { View } from './view.js';

/** `runs` were made again; nothing where none was, which is where nobody asked for it. */
export function againLines(runs: number, verdict: Verdict, { width }: View): string[] {
  if (runs === 0) return [];
  const end = verdict === 'NONDETERMINISTIC' ? 'not all came out the same' : 'came out the same';
  return wrapped(`Made again in a fresh world: ${counted(runs, 'run')}; ${end}.`, width);
}
