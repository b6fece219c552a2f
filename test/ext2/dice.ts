/** Whole numbers in [0, bound) from a seed, the same ones every time. */
export function dice(seed: number): (bound: number) => number {
  let state = (seed * 0x9e3779b1 + 0x2545f491) | 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}
