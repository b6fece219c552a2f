import { beforeEach, describe, expect, it } from 'vitest';
import { baseOf } from '../../src/lab/base.js';
import { fileSystemOn } from '../../src/lab/assembly/file-system.js';
import { groundOf, type Ground } from '../../src/lab/assembly/ground.js';
import { storageOn, type Storage } from '../../src/lab/assembly/storage.js';
import type { Conditions } from '../../src/lab/conditions.js';
import { PageWriter } from '../../src/machine/memory/page-writer.js';
import { UseMemory } from '../../src/machine/memory/use-memory.js';
import type { Zone } from '../../src/machine/memory/zone.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { cleanCandidate } from '../../src/strategies/clean-candidate.js';
import { SystemSync } from '../../src/machine/memory/system-sync.js';
import { RETURNED } from '../../src/machine/operation.js';
import { PAGE_BYTES } from '../../src/media/geometry.js';
import { mdSafemode } from '../../src/strategies/md-safemode.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { smallScenario } from '../support/small-scenario.js';

/** What each task says of its next step; that a search may go by it is held in lab/exploring. */

const FREE: Conditions = { timing: 'free', levels: 2, isBounded: true };
const FIRST = '{ overwrite: [/a, 0B, 512B] }';

function groundWith(
  workload: string,
  strategy: FixStrategy = clearWhenIdle,
  ...sets: readonly string[]
): Ground {
  const scenario = smallScenario(
    'files={ /a: 8KiB, /b: 1KiB }',
    'fileTimes=stay',
    `workload=${workload}`,
    ...sets,
  );
  return groundOf(scenario, strategy, FREE, baseOf(scenario));
}

describe('a pass of kmirrord', () => {
  let storage: Storage;
  beforeEach(() => {
    storage = storageOn(groundWith(`{ app: [${FIRST}] }`));
    storage.fix.regions.reset(true);
  });

  it('is seen by nobody where it has nothing to do', () => {
    expect(storage.mirror.isUnseen).toBe(true);
  });

  it('is seen where it has a region to clear', () => {
    const { regions } = storage.fix;
    regions.begin(3);
    regions.record.takeTouched();
    expect(storage.mirror.isUnseen).toBe(true);
    regions.end(3);
    regions.clearSoon(3);
    expect(regions.record.isTouched).toBe(false);
    expect(storage.mirror.isUnseen).toBe(false);
  });

  it('is seen where it has a record to write', () => {
    storage.fix.regions.begin(3);
    expect(storage.mirror.isUnseen).toBe(false);
  });

  it('is seen where it is to call an array clean, and only then', () => {
    const { fix, mirror } = storageOn(groundWith(`{ app: [${FIRST}] }`, mdSafemode));
    fix.regions.reset(true);
    fix.flag.writeBegins();
    fix.flag.writeEnds();
    expect(mirror.isUnseen).toBe(true);
    fix.flag.step();
    expect(mirror.isUnseen).toBe(false);
    fix.flag.writeBegins();
    expect(mirror.isUnseen).toBe(true);
  });

  it('is seen where a write waits for it', () => {
    storage.mirror.submit(storage.requests.take(8, 1, 0));
    expect(storage.mirror.isUnseen).toBe(false);
  });

  it.each([
    ['is seen behind its clears where it marks for a write', true],
    ['is seen by nobody behind its clears where it has taken no write', false],
  ])('%s', (_, marks) => {
    const { mirror, requests, fix, recordFlush, legs, log } = storage;
    recordFlush.attach(legs, log);
    fix.regions.begin(3);
    fix.regions.record.takeTouched();
    fix.regions.end(3);
    fix.regions.clearSoon(3);
    if (marks) mirror.submit(requests.take(8, 1, 0));
    mirror.step();
    expect(fix.regions.record.isTouched).toBe(false);
    expect(mirror.isUnseen).toBe(!marks);
  });

  it('is seen where a write waits for room in the record', () => {
    const { mirror, requests, fix } = storageOn(
      groundWith(`{ app: [${FIRST}] }`, { ...markUntilUnmount, mostMarked: 1 }),
    );
    fix.regions.reset(true);
    fix.regions.begin(3);
    fix.regions.record.takeTouched();
    mirror.submit(requests.take(8, 1, 0));
    mirror.step();
    expect(mirror.writesHeld).toBe(1);
    mirror.step();
    expect(mirror.isUnseen).toBe(false);
  });
});

describe('taking memory', () => {
  const ALONE = `{ app: [{ use: 15700KiB }, ${FIRST}] }`;

  interface Taking {
    readonly memory: UseMemory;
    readonly zone: Zone;
    readonly isKswapdWoken: () => boolean;
  }

  function use(isAlone: boolean): Taking {
    const ground = groundWith(ALONE, clearWhenIdle, 'memory=16MiB');
    const { fs, zone } = fileSystemOn(ground, storageOn(ground));
    const { agenda, slots, arena } = ground;
    agenda.idle(slots.kswapd);
    const memory = new UseMemory('app', zone, fs.lru, isAlone, arena.state);
    memory.use(zone.pages * PAGE_BYTES);
    return { memory, zone, isKswapdWoken: () => agenda.isArmed(slots.kswapd) };
  }

  it('is seen by nobody as long as kswapd sleeps on whatever files take', () => {
    const { memory, zone, isKswapdWoken } = use(true);
    expect(zone.isAmple).toBe(false);
    while (memory.isUnseen) memory.step();
    const byFiles = (does: 'take' | 'give'): void => {
      for (let page = 0; page < zone.most.files; page++) zone[does]();
    };
    byFiles('take');
    expect(isKswapdWoken()).toBe(false);
    byFiles('give');
    memory.step();
    byFiles('take');
    expect(isKswapdWoken()).toBe(true);
  });

  it('is seen where another takes or gives back any', () => {
    expect([use(true), use(false)].map(({ memory }) => memory.isUnseen)).toEqual([true, false]);
  });
});

describe('a look of the helper of a strategy', () => {
  it('is seen, for it may clear', () => {
    const { helper } = storageOn(groundWith(`{ app: [${FIRST}] }`, cleanCandidate())).fix;
    expect(helper.isUnseen).toBe(false);
  });
});

describe('the coming of age of an inode', () => {
  it.each([
    ['is seen by nobody where no other can be dirty', `{ app: [${FIRST}] }`, true],
    ['is seen where others can', `{ app: [${FIRST}, { store: [/b, 0B, 512B] }] }`, false],
  ])('%s', (_, workload, isUnseen) => {
    const ground = groundWith(workload);
    const { fs } = fileSystemOn(ground, storageOn(ground));
    expect(fs.dirty.files.isUnseen).toBe(isUnseen);
  });
});

describe('a writer of pages', () => {
  it.each([
    ['at the first page of two', 0, false],
    ['at the last page of two', 1, false],
    ['past the last page of two', 2, true],
  ])('%s, which is %i, goes back to the first: %s', (_, startsAt, wraps) => {
    const ground = groundWith(`{ app: [${FIRST}] }`);
    const { fs } = fileSystemOn(ground, storageOn(ground));
    const index = Int32Array.of(0, startsAt);
    const writer = new PageWriter(fs.cache, 'pdflush', 0, index, ground.arena.state);
    writer.start(1);
    expect(writer.wrapsAt(2)).toBe(wraps);
  });
});

describe('sync()', () => {
  function unseenIn(workload: string): boolean[] {
    const ground = groundWith(workload);
    const { fs } = fileSystemOn(ground, storageOn(ground));
    const { state } = ground.arena;
    const writer = new PageWriter(fs.cache, 'app', 0, new Int32Array(9), state);
    const sync = new SystemSync(fs, { name: 'app', pid: 1, slot: 0 }, writer, state);
    sync.start();
    const unseen: boolean[] = [];
    do unseen.push(sync.isUnseen);
    while (sync.step() !== RETURNED);
    return unseen;
  }

  it('passes over what is never dirty unseen, but its end is seen', () => {
    const unseen = unseenIn(`{ app: [${FIRST}] }`);
    expect(unseen.length).toBeGreaterThan(6);
    expect(unseen.indexOf(false)).toBe(unseen.length - 1);
  });

  it('is seen throughout where anything may be dirty', () => {
    expect(unseenIn('{ app: [{ store: [/b, 0B, 512B] }, sync, { create: /c }] }')).not.toContain(
      true,
    );
  });
});
