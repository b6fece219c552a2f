import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { toResync } from '../../src/media/record.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { toldBy } from '../support/watched-run.js';
import { casesOf } from './benches.js';
import {
  LAST_CALLS,
  endsOf,
  quietBenches,
  quietRun,
  runAgain,
  stillDue,
  unwrittenBlocks,
} from './quiet.js';

describe('no crash: once all is written back undisturbed', () => {
  const cases = casesOf('quiet', quietBenches());

  it.each(cases)('%s, %s: the legs agree', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    for (const seed of ['1', '2', '3', '4']) {
      runAgain(lab, seed);
      expect(mismatchesOf(lab.world.crash())).toEqual([]);
    }
  });

  it.each(cases)('%s, %s: they hold what memory holds', (_, __, scenario, strategy) => {
    const { unwritten, inUse } = unwrittenBlocks(quietRun(scenario, strategy, '5'));
    expect(unwritten).toEqual([]);
    expect(inUse).toBeGreaterThan(10);
  });

  it.each(cases)('%s, %s: nothing is left to do', (_, __, scenario, strategy) => {
    expect(stillDue(quietRun(scenario, strategy, '6'))).toBe(0);
  });

  it.each(cases)(
    '%s, %s: every request has completed and every call returned',
    (_, __, scenario, strategy) => {
      const { underWay, lastCalls } = endsOf(scenario, strategy, '7');
      expect(underWay).toEqual([]);
      expect(lastCalls).toEqual(LAST_CALLS);
    },
  );
});

describe('what is quiet is clean', () => {
  it.each(casesOf('what is quiet is clean', quietBenches()))(
    '%s: %s',
    (_, __, scenario, strategy) => {
      const { world } = quietRun(scenario, strategy, '8');
      expect(toResync(world.crash().record)).toEqual([]);
    },
  );
});

describe('what was written stays marked', () => {
  const kept = quietBenches().filter(([, { mirror }]) => mirror.initially === 'in-sync');

  it.each(kept)('mark-until-unmount: %s', (_, scenario) => {
    const lab = laboratory(scenario, markUntilUnmount);
    const perRegion = scenario.mirror.regionBytes / 512;
    const written = new Set<number>();
    for (const told of toldBy(lab, '9')) {
      if (told.kind === 'submitted') written.add(Math.floor(told.sector / perRegion));
    }
    expect(toResync(lab.world.crash().record)).toEqual([...written].sort((a, b) => a - b));
  });
});
