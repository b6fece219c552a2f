import { afterEach, describe, expect, it, vi } from 'vitest';
import { Lru } from '../../../src/machine/memory/lru.js';
import { PageCache } from '../../../src/machine/memory/page-cache.js';
import { Runner } from '../../../src/lab/runner.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import type { World } from '../../../src/machine/world.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, tell, type Of, type Told } from '../../support/told.js';
import { watchedRun } from '../../support/watched-run.js';

const LEG = drive('1ms', '2ms', '10us');

/** 16 MiB are 4096 pages: kswapd wakes when fewer than 160 are free, and goes on until 192 are. */
function shortOf(applications: string, ...sets: readonly string[]): Scenario {
  return smallScenario(
    'memory=16MiB',
    'duration=20s',
    `mirror.legs=[${LEG}, ${LEG}]`,
    'mirror.regionSize=64KiB',
    'filesystem={ type: ext2, blockSize: 4KiB, size: 16MiB }',
    `workload={ ${applications} }`,
    ...sets,
  );
}

const writesBy = ({ all }: Told, actor: string): Of<'submitted'>[] =>
  only(all, 'submitted').filter((one) => one.actor === actor);

const namesOf = (told: Told, actor: string): string[] =>
  writesBy(told, actor).map(({ sector }) => told.nameOf(sector));

function cacheOf(context: unknown): PageCache {
  if (context instanceof PageCache) return context;
  throw new Error('not a page cache');
}

/** A page of /a that has just been written and another program that wants memory. */
const A_PAGE =
  'writes: [{ create: /a }, { append: [/a, 4KiB] }, { fsync: /a }, { overwrite: [/a, 0B, 4KiB] }]';

describe('kswapd', () => {
  it('writes what pdflush would have left alone for half a minute', () => {
    const told = tell(shortOf(`${A_PAGE}, hog: [{ at: 2s }, { use: 15752KiB }]`));
    expect(namesOf(told, 'kswapd')).toContain('data of /a, block 0');
    expect(namesOf(told, 'pdflush')).toEqual([]);
    for (const { at } of writesBy(told, 'kswapd')) expect(at).toBeGreaterThanOrEqual(2e9);
  });

  it('sleeps while enough is free', () => {
    const told = tell(shortOf(`${A_PAGE}, hog: [{ at: 2s }, { use: 15000KiB }]`));
    expect(namesOf(told, 'kswapd')).toEqual([]);
  });

  it('sleeps when memory was given back in time', () => {
    const hog = 'hog: [{ use: 9000KiB }, { release: 9000KiB }, { use: 9000KiB }]';
    expect(namesOf(tell(shortOf(`${A_PAGE}, ${hog}`)), 'kswapd')).toEqual([]);
  });

  it('writes a buffer a request, of files too', () => {
    const told = tell(
      shortOf(
        'writes: [{ create: /a }, { append: [/a, 16KiB] }, { fsync: /a }, { overwrite: [/a, 0B, 16KiB] }], hog: [{ at: 2s }, { use: 15752KiB }]',
        'filesystem={ type: ext2, blockSize: 1KiB, size: 16MiB }',
      ),
    );
    const ofFile = writesBy(told, 'kswapd').filter(({ sector }) =>
      told.nameOf(sector).startsWith('data of /a'),
    );
    expect(ofFile).toHaveLength(16);
    for (const { sectors } of ofFile) expect(sectors).toBe(2);
  });

  it('frees what is clean before it has to write anything', () => {
    const cached = '{ create: /big }, { append: [/big, 4MiB] }, sync';
    const told = tell(
      shortOf(
        `caches: [${cached}], dirties: [{ at: 5s }, { create: /a }, { append: [/a, 4KiB] }],` +
          ' hog: [{ at: 6s }, { use: 12MiB }]',
      ),
    );
    expect(namesOf(told, 'kswapd').filter((name) => name.startsWith('data of'))).toEqual([]);
  });

  it('has nothing to do where all is used by processes, and gives up', () => {
    const scenario = shortOf('hog: [{ use: 15800KiB }]');
    const { reasons, events } = new Runner().run(scenario, clearWhenIdle, '1');
    expect(reasons).not.toContain('no page can be reclaimed (the OOM killer is not modelled)');
    expect(events).toBeGreaterThan(100);
    expect(events).toBeLessThan(2_000);
  });

  it('leaves a page under write alone, and comes back for it', () => {
    const slow = drive('1ms', '800ms');
    const told = tell(
      shortOf(
        `${A_PAGE}, syncs: [{ at: 1900ms }, { fsync: /a }], races: [{ at: 2500ms }, { overwrite: [/a, 0B, 512B] }],` +
          ' hog: [{ at: 2s }, { use: 15752KiB }, { at: 4s }, { release: 8KiB }, { use: 8KiB }]',
        `mirror.legs=[${slow}, ${slow}]`,
      ),
    );
    const sector = only(told.all, 'submitted').find(({ actor }) => actor === 'syncs')?.sector;
    const first = only(told.all, 'completed').find((one) => one.sector === sector)?.at ?? 0;
    const again = writesBy(told, 'kswapd').filter((one) => one.sector === sector);
    expect(again.length).toBeGreaterThan(0);
    for (const { at } of again) expect(at).toBeGreaterThanOrEqual(first);
  });
});

describe('a thread that wants a page when hardly any is free', () => {
  const GREEDY = 'hog: [{ create: /a }, { append: [/a, 4MiB] }, { use: 13000KiB }]';

  it('writes and frees pages itself', () => {
    const told = tell(shortOf(GREEDY));
    expect(writesBy(told, 'hog').length).toBeGreaterThan(0);
  });

  it('tries again where all that could be freed is under write', () => {
    const slow = drive('1ms', '80ms');
    const { verdict } = new Runner().run(
      shortOf(
        'hog: [{ use: 15540KiB }], app: [{ create: /a }, { append: [/a, 1MiB] }]',
        `mirror.legs=[${slow}, ${slow}]`,
        'duration=60s',
      ),
      clearWhenIdle,
      '1',
    );
    expect(verdict).not.toBe('ERROR');
  });

  it('ends the run where nothing can be freed', () => {
    const { verdict, reasons } = new Runner().run(
      shortOf('hog: [{ use: 16000KiB }]', 'memory=16MiB'),
      clearWhenIdle,
      '1',
    );
    expect(verdict).toBe('ERROR');
    expect(reasons[0]).toMatch(/no page can be reclaimed/);
  });

  it('cannot give back what it does not have', () => {
    const { reasons } = new Runner().run(
      shortOf('hog: [{ use: 8KiB }, { release: 12KiB }]'),
      clearWhenIdle,
      '1',
    );
    expect(reasons).toEqual(['hog: release of 12288 bytes, of which it has 8192']);
  });
});

describe('a page that is freed', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('would be read back as it was: the default leg has what memory has', () => {
    const scenario = shortOf(
      'one: [{ create: /a }, { append: [/a, 8KiB] }, { repeat: { every: { uniform: [1ms, 90ms] }, do: [{ overwrite: [/a, 0B, 5KiB] }] } }],' +
        ' two: [{ create: /b }, { repeat: { every: { uniform: [20ms, 300ms] }, do: [{ append: [/b, 40KiB] }] } }],' +
        ' hog: [{ use: 15200KiB }]',
      'duration=6s',
      'preemption={ uniform: [0us, 3ms] }',
    );
    const inspected = vi.spyOn(PageCache.prototype, 'underWriteback');
    const left = vi.spyOn(Lru.prototype, 'leave');
    let freed = 0;
    const look = (world: World): void => {
      for (const order of left.mock.invocationCallOrder) {
        const n = inspected.mock.invocationCallOrder.findLastIndex((before) => before < order);
        const [inode, index] = inspected.mock.calls[n]!;
        const block = cacheOf(inspected.mock.contexts[n]).bufferOf(inode, index, 0);
        const leg = world.crash().legs[0]!;
        for (let sector = block * 8; sector < block * 8 + 8; sector++) {
          expect(leg.get(sector)).toBe(world.memory.get(sector));
        }
        freed++;
      }
      left.mockClear();
      inspected.mockClear();
    };
    watchedRun(laboratory(scenario, clearWhenIdle), '1', () => undefined, look);
    expect(freed).toBeGreaterThan(20);
  });
});
