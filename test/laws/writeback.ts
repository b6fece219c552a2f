/**
 * Who writes a page back, when, and in which order: what pdflush, kswapd, fsync and sync promise.
 */
import { sectorsOf, inodeOf } from '../../src/ext2/tree.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { only } from '../support/told.js';
import { toldBy, watchedRun } from '../support/watched-run.js';

/** Sectors that were written although nothing had made them dirty since their last write. */
export function cleanWrites(scenario: Scenario, strategy: FixStrategy, seed: string): string[] {
  const dirty = new Set<number>();
  const faults: string[] = [];
  for (const told of toldBy(laboratory(scenario, strategy), seed)) {
    if (told.kind !== 'dirtied' && told.kind !== 'submitted') continue;
    const sectors = Array.from({ length: told.sectors }, (_, k) => told.sector + k);
    if (told.kind === 'dirtied') for (const sector of sectors) dirty.add(sector);
    else if (!sectors.every((sector) => dirty.delete(sector))) {
      faults.push(`${told.at} ns: ${told.actor} writes sector ${told.sector}, which is clean`);
    }
  }
  return faults;
}

const SLOW = drive('{ uniform: [1ms, 20ms] }', '{ uniform: [1ms, 20ms] }');

/** Nobody syncs: pdflush alone writes, what was dirtied once and never again. */
const LEFT_ALONE = smallScenario(
  'duration=90s',
  'workload={ one: [{ at: 1300ms }, { create: /a }, { append: [/a, 6KiB] }], two: [{ at: 7s }, { create: /b }, { append: [/b, 9KiB] }],' +
    ' three: [{ at: 21s }, { create: /c }] }',
);

/** dirty_expire_interval; a jiffy less, as the age is counted in jiffies. */
const EXPIRED_NS = 30e9 - 4e6;
/** A tick more, and what the writing itself takes. */
const LATEST_NS = 35e9 + 1e9;

/**
 * The first write of each sector, but for the super block, comes 30 to 35 s after its inode became
 * dirty.
 */
export function wrongAges(seed: string): string[] {
  const all = toldBy(laboratory(LEFT_ALONE, clearWhenIdle), seed);
  const [first] = only(all, 'dirtied');
  if (first === undefined) return ['nothing was dirtied'];
  const writes = only(all, 'submitted');
  const faults = writes
    .filter(({ at }) => at - first.at < EXPIRED_NS)
    .map(({ at, actor }) => `${actor} writes at ${at} ns what is younger than 30 s`);
  const earliest = Math.min(...writes.map(({ at }) => at));
  if (earliest - first.at > LATEST_NS) faults.push('pdflush writes nothing within 35 s');
  return faults;
}

const SYNC_AT_NS = 10e9;
const RACED_SYNC = smallScenario(
  'duration=60s',
  `mirror.legs=[${SLOW}, ${SLOW}]`,
  'preemption={ uniform: [0ms, 9ms] }',
  'workload={ one: [{ create: /a }, { append: [/a, 6KiB] }, { at: 10s }, sync],' +
    ' two: [{ at: 10s }, { repeat: { every: { uniform: [0ms, 9ms] }, times: 60, do: [{ overwrite: [/a, 0B, 900B] }, { append: [/a, 300B] }] } }] }',
);

/** Whatever races a sync() has its age from then on: pdflush comes to it 30 s later. */
export function wrongAgesAfterSync(seed: string): string[] {
  const all = toldBy(laboratory(RACED_SYNC, clearWhenIdle), seed);
  const later = only(all, 'submitted').filter(({ actor }) => actor === 'pdflush');
  if (later.length === 0) return ['nothing was left to pdflush'];
  return later
    .filter(({ at }) => at < SYNC_AT_NS + EXPIRED_NS)
    .map(({ at, sector }) => `sector ${sector} is written at ${at} ns, too soon after sync()`);
}

const REVERSED = smallScenario(
  'duration=20s',
  'workload={ app: [{ create: /a }, { append: [/a, 200KiB] }, sync,' +
    ' { overwrite: [/a, 160KiB, 9KiB] }, { overwrite: [/a, 40KiB, 9KiB] }, { overwrite: [/a, 100KiB, 9KiB] }, { fsync: /a },' +
    ' { overwrite: [/a, 180KiB, 9KiB] }, { overwrite: [/a, 8KiB, 9KiB] }, sync] }',
);

/** Whoever writes a file for integrity writes it in the order of the file's pages. */
export function wrongOrder(seed: string): string[] {
  const lab = laboratory(REVERSED, clearWhenIdle);
  const all = toldBy(lab, seed);
  const { memory } = lab.world;
  const [file] = lab.world.promised();
  if (file === undefined) return ['nothing was promised'];
  const places = sectorsOf(memory, lab.layout, inodeOf(memory, lab.layout, file.ino));
  const from = only(all, 'step').find(({ what }) => what.startsWith('fsync'))!.at;
  const until = only(all, 'step').find(({ at }) => at > from)!.at;
  const written = only(all, 'submitted')
    .filter(({ at }) => at >= from && at < until)
    .map(({ sector }) => places.indexOf(sector))
    .filter((place) => place !== -1);
  if (written.length < 3) return [`fsync wrote ${written.length} times`];
  const sorted = [...written].sort((a, b) => a - b);
  return written.join() === sorted.join() ? [] : [`fsync wrote in the order ${written.join()}`];
}

const SYNCED = smallScenario(
  'duration=20s',
  'preemption={ uniform: [0us, 2ms] }',
  'workload={ app: [{ create: /a }, { append: [/a, 20KiB] }, sync,' +
    ' { repeat: { every: { uniform: [1ms, 50ms] }, times: 60, do: [{ append: [/a, 3KiB] }, { overwrite: [/a, 1KiB, 9KiB] }, { create: /b }, { append: [/b, 2KiB] }, sync, { unlink: /b }, sync] } }] }',
);

/**
 * When the only thread's sync() has returned, all legs hold what memory holds of what is in use.
 */
export function unsyncedSectors(seed: string): string[] {
  const lab = laboratory(SYNCED, clearWhenIdle);
  const dirty = new Set<number>();
  const faults: string[] = [];
  let isSynced = false;
  watchedRun(lab, seed, (told) => {
    if (told.kind === 'dirtied') {
      for (let k = 0; k < told.sectors; k++) dirty.add(told.sector + k);
    }
    if (told.kind !== 'step') return;
    if (isSynced) {
      const { legs } = lab.world.crash();
      for (const sector of dirty) {
        const value = lab.world.memory.get(sector);
        if (legs.some((leg) => leg.get(sector) !== value)) {
          faults.push(`sync() returned by ${told.at} ns, sector ${sector} is not on all legs`);
        }
      }
      dirty.clear();
    }
    isSynced = told.what === 'sync';
  });
  return faults;
}
