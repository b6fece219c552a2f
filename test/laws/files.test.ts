import { describe, expect, it } from 'vitest';
import { SMALL_BENCHES, casesOf } from './benches.js';
import { LOST_STORE_CASES, TOLD_CASES, UNDER_WRITE_CASES } from './catalogue.js';
import { disorderAfterRepair, quietDisorder } from './consistency.js';
import { wrongLayout } from './layout.js';
import { quietBenches, unwritten } from './quiet.js';
import { wrongCovers } from './told-cover.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';

describe('a file system', () => {
  it.each(quietBenches())('is in order once all is quiet: %s', (_, scenario) => {
    expect(quietDisorder(scenario, clearWhenIdle, '5')).toEqual([]);
  });

  it.each([1, 3, 15])('has the first file of process %i in one piece at its goal', (pid) => {
    expect(wrongLayout('1KiB', '8MiB', pid)).toEqual([]);
    expect(wrongLayout('4KiB', '128MiB', pid)).toEqual([]);
  });

  let repaired = 0;

  it.each(casesOf('fsck', SMALL_BENCHES).filter(([name]) => name === 'clear-when-idle'))(
    'is in order after a crash and fsck, %s: %s',
    (_, __, scenario, strategy) => {
      const found = disorderAfterRepair(scenario, strategy, '2');
      expect(found.faults).toEqual([]);
      repaired += found.repaired;
    },
  );

  it('and fsck had something to repair', () => {
    expect(repaired).toBeGreaterThan(20);
  });
});

describe('no store is lost, however it met the write of its block', () => {
  it.each([...LOST_STORE_CASES, ...UNDER_WRITE_CASES])('%s: %s', (_, __, scenario, strategy) => {
    expect(unwritten(scenario, strategy, '1')).toEqual([]);
  });
});

describe('what the record told while it landed is what a reader finds', () => {
  it.each(TOLD_CASES)('%s: %s', (_, __, scenario, strategy) => {
    const { faults, looked } = wrongCovers(scenario, strategy, '1', 29);
    expect(faults).toEqual([]);
    expect(looked).toBeGreaterThan(10);
  });
});
