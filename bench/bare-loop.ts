/** What no simulator gets below: a seed, and for each event a question and the next due time. */
import { seeded } from '../src/sim/seeded.js';

export const BARE_LOOP = 'bare loop of as many questions';

export function bareRun(seed: string, events: number): void {
  const stream = seeded(seed).stream('bare loop');
  const due = new Float64Array(8);
  let now = 0;
  for (let n = 0; n < events; n++) {
    now = Math.max(now, due[n & 7]!);
    due[n & 7] = now + stream.choose(1_000_000, 'delay');
  }
  if (now < 0) throw new Error('never');
}
