/** Runs added up as a sweep does it. */
import type { Outcome } from '../../src/lab/outcome.js';
import { Summing, type ChunkSum } from '../../src/lab/sweep/chunk-sum.js';
import { Tally } from '../../src/report/tally.js';
import type { Run } from '../../src/report/view.js';
import type { Expectation } from '../../src/scenario/scenario.js';

/** `keep`: whether the runs are kept whole, as in a small sweep. */
export function summed(runs: readonly Outcome[], expected?: Expectation, keep = true): ChunkSum {
  const summing = new Summing(expected);
  for (const run of runs) summing.add(run);
  return summing.sum(keep ? runs : null);
}

/** In chunks as long as runs are of one strategy. */
export function tallied(runs: readonly Run[], keep = true): Tally {
  const tally = new Tally();
  for (let from = 0; from < runs.length;) {
    const some = runs.slice(from).filter(({ strategy }) => strategy === runs[from]!.strategy);
    addPiece(tally, some, keep);
    from += some.length;
  }
  return tally;
}

function addPiece(tally: Tally, runs: readonly Run[], keep: boolean): void {
  const { scenario, strategy, strategySource: source, simulatedNs } = runs[0]!;
  const names = { scenario, strategy, source, simulatedNs };
  tally.add({
    file: `${scenario}.yaml`,
    subject: {
      ...names,
      story: '',
      fixed: false,
      record: 'dm-log',
      expected: undefined,
    },
    sum: summed(runs, undefined, keep),
    seedOf: (n) => runs[n]?.seed ?? '-',
    repeatOf: (seed) => runs.find((run) => run.seed === seed)?.repeat ?? '',
  });
}
