/**
 * Everything that can happen to one page that is stored into twice, whatever the timing, and how
 * soon its first divergence is found. Beside SPIN: npm run bench:explore.
 */
import { type Bench } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { node } from './program.js';
import { scenarioIn } from './scenarios.js';
import { explore } from '../src/lab/explore.js';
import { Visited } from '../src/lab/exploring/visited.js';
import { lockPages } from '../src/strategies/lock-pages.js';

const SCENARIO = 'scenarios/explore/one-page-2-stores.yaml';
const STARTS = 3;

export const searchBench: Bench = {
  lines: [
    {
      ...{ what: 'explore, 1 page, 2 stores, lock-pages', unit: 'k states/s' },
      beside: 'bare table of as many states',
    },
    {
      ...{ what: 'explore --first, clear-when-idle, once loaded', unit: 'ms' },
      ...{ beside: 'one run of a seed, likewise', aim: { of: 'ours', most: 100 } },
    },
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
            ...{ untilFirst: false, stop: () => false },
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
    ];
  },
};

function afterStartUp(what: 'explore' | 'run'): number {
  return Number(node(['bench/first-answer.mjs', what, SCENARIO]).out);
}

/** What no search gets below: each state is hashed to 64 bits and looked up once. */
function bareTable(states: number): void {
  const table = new Visited();
  for (let n = 0; n < states; n++) table.add(Math.imul(n, 0x9e3779b1), Math.imul(n, 0x85ebca6b));
  if (table.count !== states) throw new Error('never');
}
