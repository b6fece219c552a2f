/** Throws that are the same every time: `dice(7)(6)` is a whole number in [0, 6). */
import { seeded } from '../../src/sim/seeded.js';

export function dice(seed: number | string): (bound: number) => number {
  const stream = seeded(`dice ${seed}`).stream('test');
  return (bound) => (bound === 1 ? 0 : stream.choose(bound, 'throw'));
}
