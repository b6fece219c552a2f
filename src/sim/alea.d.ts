declare module 'seedrandom/lib/alea.js' {
  import type { PRNG } from 'seedrandom';

  /** Johannes Baagøe's Alea, seeded with the text. */
  export default function alea(seed: string): PRNG;
}
