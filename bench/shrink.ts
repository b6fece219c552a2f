/** The failure of the mail made small, beside as many runs of it that are not made smaller. */
import { type Bench } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { scenarioIn } from './scenarios.js';
import { Runner } from '../src/lab/runner.js';
import { shrink } from '../src/lab/shrink.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';

const SEED = '1150';

export const shrinkBench: Bench = {
  lines: [
    {
      what: 'shrink, ext2-bitmap, seed 1150',
      unit: 's',
      beside: 'as many runs of that seed',
      aim: { of: 'ours', most: 2 },
    },
  ],
  measure({ times }) {
    const scenario = scenarioIn('scenarios/ext2-bitmap.yaml');
    const runner = new Runner();
    let runs = 0;
    return [
      inTurn(
        times,
        () =>
          secondsOf(() => {
            const shrunk = shrink(scenario, clearWhenIdle, SEED, () => false);
            if (shrunk?.isMinimal !== true) throw new Error('it did not get small');
            ({ runs } = shrunk);
          }),
        () =>
          secondsOf(() => {
            for (let n = 0; n < runs; n++) runner.run(scenario, clearWhenIdle, SEED);
          }),
      ),
    ];
  },
};
