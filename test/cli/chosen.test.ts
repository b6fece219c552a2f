import { describe, expect, it } from 'vitest';
import { noStrategy, seedsFor } from '../../src/cli/chosen.js';
import { Given } from '../../src/cli/given.js';
import { Refused } from '../../src/cli/refused.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { desync, SCENARIO } from './program.js';

const whole = 'a seed is a whole number from 0 to 9007199254740991';

describe('seeds', () => {
  it.each([
    [{ seed: '-1' }, `${whole}, not "-1"`],
    [{ seed: '1.5' }, `${whole}, not "1.5"`],
    [{ seed: '0x10' }, `${whole}, not "0x10"`],
    [{ seed: '007' }, `${whole}, not "007"`],
    [{ seed: '' }, `${whole}, not ""`],
    [{ seed: ' 1' }, `${whole}, not " 1"`],
    [{ seed: '9007199254740992' }, `${whole}, not "9007199254740992"`],
    [{ seed: '9'.repeat(400) }, `${whole}, not "${'9'.repeat(59)}…"`],
    [{ seed: ['1', '2'] }, '--seed was given 2 times; it takes one value'],
    [{ seed: '1', seeds: '1..2' }, '--seed and --seeds exclude each other'],
    [{ seeds: '5..1' }, '--seeds 5..1: the first is after the last'],
    [{ seeds: '5' }, '--seeds is first..last, as in 0..999, not "5"'],
    [{ seeds: '0..9007199254740992' }, `${whole}, not "9007199254740992"`],
  ])('%j are refused', (values, why) => {
    expect(() => seedsFor(new Given(values))).toThrow(new Refused(why));
  });

  it('are text up to 2^53-1, both ends included, and none is made before it is asked for', () => {
    const { count } = seedsFor(new Given({ seeds: '0..9007199254740991' }));
    expect(count).toBe(2 ** 53);
  });

  it('are refused with the command', () => {
    expect(desync(['run', SCENARIO, '--seed', '1', '--seed', '2'])).toEqual({
      code: 2,
      out: '',
      err:
        'desync: --seed was given 2 times; it takes one value\n' +
        `repeat: npx desync run ${SCENARIO} --seed 1 --seed 2\n`,
    });
  });
});

describe('a strategy that does not exist', () => {
  it('is compared with those that do', () => {
    expect(noStrategy('clear-when-idel', SHIPPED)).toBe(
      'there is no strategy "clear-when-idel"; did you mean clear-when-idle?',
    );
    expect(noStrategy('hope', SHIPPED)).toBe('there is no strategy "hope"; see desync strategies');
  });

  it('is exit 2', () => {
    const { code, err } = desync(['run', SCENARIO, '--strategy', 'hope']);
    expect([code, err]).toEqual([
      2,
      'desync: there is no strategy "hope"; see desync strategies\n' +
        `repeat: npx desync run ${SCENARIO} --strategy hope\n`,
    ]);
  });
});
