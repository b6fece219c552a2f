/** The toy that both are given: pages of one file in one region, writers, and stores of each. */
export interface Toy {
  readonly pages: number;
  readonly writers: number;
  readonly stores: number;
}

export const TOYS: readonly Toy[] = [
  { pages: 1, writers: 2, stores: 2 },
  { pages: 2, writers: 2, stores: 2 },
  { pages: 2, writers: 2, stores: 3 },
  { pages: 3, writers: 2, stores: 2 },
  { pages: 3, writers: 3, stores: 2 },
];

export const STRATEGIES = [
  'clear-when-idle',
  'lock-pages',
  'mark-until-unmount',
  'clean-candidate',
] as const;

export type StrategyName = (typeof STRATEGIES)[number];

export const PAGE_KIB = 4;

export function nameOf({ pages, writers, stores }: Toy): string {
  return `${pages}, ${writers}, ${stores}`;
}

/**
 * The same as bench/spin/toy.pml, for the one real model. A store n of writer w is to page w + n.
 */
export function scenarioTextOf({ pages, writers, stores }: Toy): string {
  const drive = '{ latency: { firstSample: 1ms, durable: 1ms, sectorTime: 0us } }';
  const writer = (w: number): string => {
    const store = (n: number): string => {
      return `{ overwrite: [/pages, ${((w + n) % pages) * PAGE_KIB}KiB, 512B] }`;
    };
    return `  writer${w}: [${Array.from({ length: stores }, (_, n) => store(n)).join(', ')}]`;
  };
  return [
    'story: Writers of the pages of one file in one region.',
    'duration: 50s',
    'kernel: linux-2.6.25',
    'memory: 256MiB',
    `mirror: { regionSize: 64KiB, legs: [${drive}, ${drive}], log: ${drive} }`,
    'filesystem: { type: ext2, blockSize: 1KiB, size: 64KiB }',
    `files: { /pages: ${pages * PAGE_KIB}KiB }`,
    'fileTimes: stay',
    'workload:',
    ...Array.from({ length: writers }, (_, w) => writer(w)),
    '',
  ].join('\n');
}
