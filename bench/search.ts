/**
 * Everything that can happen to one page that is stored into twice, whatever the timing, how soon
 * its first divergence is found, and two small toys beside SPIN. More of them: npm run
 * bench:explore.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type Figure } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { node } from './program.js';
import { byDesync } from './race/desync.js';
import { bySpin, hasSpin } from './race/spin.js';
import { nameOf, type StrategyName, type Toy } from './race/toy.js';
import { scenarioIn } from './scenarios.js';
import { explore } from '../src/lab/explore.js';
import { Visited } from '../src/lab/exploring/visited.js';
import { lockPages } from '../src/strategies/lock-pages.js';

const SCENARIO = 'scenarios/explore/one-page-2-stores.yaml';
const STARTS = 3;
const LIMIT_SECONDS = 120;

const RACES: readonly (readonly [Toy, StrategyName])[] = [
  [{ pages: 1, writers: 2, stores: 2 }, 'clear-when-idle'],
  [{ pages: 2, writers: 2, stores: 2 }, 'lock-pages'],
];

export const searchBench: Bench = {
  lines: [
    {
      what: 'explore, 1 page, 2 stores, lock-pages',
      unit: 'k states/s',
      beside: 'bare table of as many states',
    },
    {
      what: 'explore --first, clear-when-idle, once loaded',
      unit: 'ms',
      beside: 'one run of a seed, likewise',
      aim: { of: 'ours', most: 100 },
    },
    ...RACES.map(([toy, strategy]) => ({
      what: `desync explore, ${nameOf(toy)}, ${strategy}`,
      unit: 's by the clock',
      beside: 'SPIN, compiling included',
      aim: { of: 'ratio', most: 1 } as const,
    })),
  ],
  measure({ times }) {
    const scenario = scenarioIn(SCENARIO);
    let states = 0;
    const { ours, theirs } = inTurn(
      times,
      () =>
        secondsOf(() => {
          const wanted = { timing: 'free', levels: 2, mostStates: undefined } as const;
          const found = explore(scenario, lockPages, {
            ...wanted,
            untilFirst: false,
            stop: () => false,
          });
          if (!found.complete) throw new Error('not all was tried');
          ({ states } = found);
        }),
      () => secondsOf(() => bareTable(states)),
    );
    return [
      { ours: states / ours / 1e3, theirs: states / theirs / 1e3 },
      inTurn(
        times * STARTS,
        () => afterStartUp('explore'),
        () => afterStartUp('run'),
      ),
      ...RACES.map(([toy, strategy]) => raced(toy, strategy, times)),
    ];
  },
};

/** Whole processes, from nothing to a complete verdict. */
function raced(toy: Toy, strategy: StrategyName, times: number): Figure {
  const folder = mkdtempSync(join(tmpdir(), 'desync-race-'));
  const ours = (): number => byDesync(toy, strategy, folder, LIMIT_SECONDS).seconds;
  const theirs = (): number => bySpin(toy, strategy, folder, LIMIT_SECONDS).seconds;
  try {
    if (hasSpin()) return inTurn(times, ours, theirs);
    const missing = 'SPIN and a C compiler (apt-get install spin gcc)';
    return { ours: inTurn(times, ours, () => 0).ours, theirs: { missing } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function afterStartUp(what: 'explore' | 'run'): number {
  return Number(node(['bench/first-answer.mjs', what, SCENARIO]).out);
}

/** What no search gets below: each state is hashed to 64 bits and looked up once. */
function bareTable(states: number): void {
  const table = new Visited();
  for (let n = 0; n < states; n++) table.add(Math.imul(n, 0x9e3779b1), Math.imul(n, 0x85ebca6b));
  if (table.count !== states) throw new Error('never');
}
