import { describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { isStop } from '../../src/lab/stopped.js';
import { TooManySectors } from '../../src/media/sector-pool.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../support/small-scenario.js';

const APPENDS =
  'workload={ app: [{ create: /a }, { repeat: { every: 1ms, do: [{ append: [/a, 1B] }, { fsync: /a }] } }] }';

function run(...sets: readonly string[]) {
  return new Runner().run(smallScenario(...sets), clearWhenIdle, '1');
}

describe('a run that comes to a limit is an error, never a success', () => {
  it('of events', () => {
    const { verdict, reasons, events, simulatedNs } = run(APPENDS, 'limits.events=500');
    expect(verdict).toBe('ERROR');
    expect(reasons[0]).toMatch(/^more than 500 events until \d+ ns$/);
    expect(events).toBe(501);
    expect(simulatedNs).toBeLessThan(20e9);
  });

  it('of events, also where it would run for ever at one instant', () => {
    const still = 'workload={ app: [{ repeat: { every: 0s, do: [{ create: /a }] } }] }';
    expect(run(still, 'limits.events=10000').verdict).toBe('ERROR');
  });

  it.each([
    ['a full file system', 'workload={ app: [{ create: /a }, { append: [/a, 1MiB] }] }', 'ENOSPC'],
    [
      'no free inode',
      `workload={ app: [${Array.from({ length: 90 }, (_, n) => `{ create: /f${n} }`).join(', ')}] }`,
      'no inode is free',
    ],
    [
      'a hole in a file',
      'workload={ app: [{ create: /a }, { overwrite: [/a, 5KiB, 1B] }] }',
      'leaves a hole',
    ],
    [
      'a file that is gone',
      'workload={ app: [{ create: /a }, { unlink: /a }, { append: [/a, 1B] }] }',
      'append of /a, which does not exist then',
    ],
    [
      'a file of another that is not there yet',
      'workload={ app: [{ fsync: /b }], other: [{ sleep: 1s }, { create: /b }] }',
      'fsync of /b',
    ],
  ])('of the model: %s', (_, workload, reason) => {
    const { verdict, reasons } = run(
      workload,
      'filesystem={ type: ext2, blockSize: 1KiB, size: 256KiB }',
    );
    expect(verdict).toBe('ERROR');
    expect(reasons.join()).toContain(reason);
  });

  it('of the model: a file whose blocks an unlink is giving back', () => {
    const late = (at: string): ReturnType<typeof run> =>
      run(
        'preemption={ list: [10ms] }',
        'filesystem={ type: ext2, blockSize: 1KiB, size: 256KiB }',
        'workload={ one: [{ create: /a }, { append: [/a, 40KiB] }, { at: 2s }, { unlink: /a }],' +
          ` two: [{ at: ${at} }, { append: [/a, 9KiB] }] }`,
      );
    // Whoever has it open when its name goes keeps it; once it is being deleted nobody has.
    expect(late('2015ms').verdict).not.toBe('ERROR');
    const { verdict, reasons } = late('2035ms');
    expect(verdict).toBe('ERROR');
    expect(reasons.join()).toContain('append of /a, which does not exist then');
  });

  it('of distinct sectors, of which a run with a store each microsecond has too many', () => {
    expect(isStop(new TooManySectors('too many'))).toBe(true);
  });

  it('is a limit of that run alone: the next one of the same runner is as if it were the first', () => {
    const runner = new Runner();
    const fits = smallScenario(APPENDS, 'duration=2s');
    const first = runner.run(fits, clearWhenIdle, '5');
    runner.run(smallScenario(APPENDS, 'limits.events=77'), clearWhenIdle, '5');
    expect(runner.run(fits, clearWhenIdle, '5')).toEqual(first);
    expect(first.verdict).not.toBe('ERROR');
  });

  it('throws on what is no limit but a bug', () => {
    const broken = {
      ...clearWhenIdle,
      get record(): never {
        throw new TypeError('a bug');
      },
    };
    expect(() => new Runner().run(smallScenario(APPENDS), broken, '1')).toThrow('a bug');
  });
});
