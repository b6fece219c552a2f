import { describe, expect, it } from 'vitest';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { Happening } from '../../../src/machine/happening.js';
import { cacheRuleOf } from '../../../src/machine/mirror/record-flush.js';
import { RECORD_KINDS } from '../../../src/media/record-format.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { strategyNamed } from '../../../src/strategies/shipped.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only } from '../../support/told.js';
import { toldBy } from '../../support/watched-run.js';

const MS = 1e6;

/** One page of /f written by O_DIRECT at 18 s, long after all else is quiet. */
function onePage(kernel: string, ...sets: readonly string[]): Scenario {
  return smallScenario(
    'duration=30s',
    `kernel=${kernel}`,
    'filesystem={ type: ext2, blockSize: 4KiB, size: 1MiB }',
    `mirror.legs=[${drive('1ms', '2ms')}, ${drive('10ms', '20ms')}]`,
    `mirror.log=${drive('3ms', '4ms')}`,
    'workload={ app: [{ create: /f }, { append: [/f, 4KiB] }, sync, { at: 18s }, { direct: [/f, 0B, 4KiB] }] }',
    ...sets,
  );
}

/** What is told from 18 s on, up to the clear of the region where there is one. */
function lateStory(scenario: Scenario, strategy = 'clear-when-idle'): Happening[] {
  const fix = strategyNamed(strategy);
  if (fix === undefined) throw new Error(`no strategy ${strategy}`);
  const told = toldBy(laboratory(scenario, fix)).filter(({ at }) => at >= 18e9);
  const completed = told.findIndex(({ kind }) => kind === 'completed');
  const cleared = told.findIndex(
    (one, n) => n > completed && one.kind === 'log-landed' && one.cleared.length > 0,
  );
  return cleared === -1 ? told : told.slice(0, cleared + 1);
}

const DEVICES = ['log-landed', 'cache-flushed', 'transfer', 'completed'];

const short = (one: Happening): string => `${one.actor}: ${one.kind}`;

const orderIn = (story: readonly Happening[]): string[] =>
  story.filter(({ kind }) => DEVICES.includes(kind)).map(short);

function instantIn(story: readonly Happening[], told: string): number {
  const found = story.find((one) => short(one) === told);
  if (found === undefined) throw new Error(`nobody told ${told}`);
  return found.at;
}

describe('a flush of the record in 2.6.25', () => {
  it('is a write and nothing else: before the legs, and after them', () => {
    expect(orderIn(lateStory(onePage('linux-2.6.25')))).toEqual([
      'log: log-landed',
      'leg 0: transfer',
      'leg 1: transfer',
      'mirror: completed',
      'log: log-landed',
    ]);
  });
});

describe.each(['linux-3.0', 'linux-3.9', 'linux-6.1', 'linux-6.19'])(
  'a flush of the record in %s',
  (kernel) => {
    const story = lateStory(onePage(kernel));

    it('flushes the log after it marked, and every leg before it clears', () => {
      expect(orderIn(story)).toEqual([
        'log: log-landed',
        'log: cache-flushed',
        'leg 0: transfer',
        'leg 1: transfer',
        'mirror: completed',
        'leg 0: cache-flushed',
        'leg 1: cache-flushed',
        'log: log-landed',
      ]);
    });

    it('has no leg written before the log says that its cache is empty', () => {
      const [mark] = only(story, 'log-landed');
      const flushed = instantIn(story, 'log: cache-flushed');
      expect(mark?.marked).toHaveLength(1);
      expect(flushed).toBe((mark?.at ?? 0) + 7 * MS);
      expect(instantIn(story, 'leg 0: transfer')).toBeGreaterThanOrEqual(flushed);
    });

    it('takes as long as the slowest leg before the clear is written', () => {
      const completed = instantIn(story, 'mirror: completed');
      expect(instantIn(story, 'leg 0: cache-flushed')).toBe(completed + 3 * MS);
      expect(instantIn(story, 'leg 1: cache-flushed')).toBe(completed + 30 * MS);
      expect(story.at(-1)?.at).toBe(completed + 37 * MS);
    });
  },
);

describe('what each driver does about caches', () => {
  it('is a rule of its kind of record', () => {
    expect(Object.fromEntries(RECORD_KINDS.map((kind) => [kind, cacheRuleOf(kind)]))).toEqual({
      'dm-log': 'legs-and-log',
      core: 'none',
      md: 'each-write',
      'md-safemode': 'each-write',
      'md-llbitmap': 'each-write',
      'activity-log': 'each-write',
    });
  });

  it.each(['md-safemode', 'md-bitmap', 'md-llbitmap', 'activity-log'])(
    '%s has it done before each write of the record, so that a mark takes twice as long',
    (strategy) => {
      const marked = (kernel: string): number =>
        instantIn(lateStory(onePage(kernel), strategy), 'leg 0: transfer') - 18e9;
      const before = marked('linux-2.6.25');
      // The plug of 2.6.25 holds a request for 3 ms.
      expect(marked('linux-6.1')).toBe((before - 3 * MS) * 2);
    },
  );

  it('is nothing at all for a core log, which is never written', () => {
    expect(orderIn(lateStory(onePage('linux-6.1'), 'core-log'))).toEqual([
      'leg 0: transfer',
      'leg 1: transfer',
      'mirror: completed',
    ]);
  });
});
