import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, tell, type Told } from '../../support/told.js';

/**
 * Of 16 MiB, 5 % are 204 pages and 10 % are 409; a thread is asked every 128 pages, every 8 once it
 * was too many. The legs take a second for a write, so nothing is written in time.
 */
function writerOf(pages: number, ...others: readonly string[]): Scenario {
  const slow = drive('500ms', '500ms');
  const append = `{ append: [/a, ${pages * 4}KiB] }`;
  return smallScenario(
    'memory=16MiB',
    'duration=20s',
    `mirror.legs=[${slow}, ${slow}]`,
    'mirror.regionSize=1MiB',
    'filesystem={ type: ext2, blockSize: 4KiB, size: 16MiB }',
    `workload={ ${['writer: [{ create: /a }, ' + append + ', { create: /done }]', ...others].join(', ')} }`,
  );
}

const waitsOf = ({ all }: Told, actor: string): number[] =>
  only(all, 'step')
    .filter((one) => one.actor === actor && one.what === 'balance_dirty_pages: waits 100 ms')
    .map(({ at }) => at);

const doneAt = ({ all }: Told): number =>
  only(all, 'step').find(({ what }) => what === 'create /done')?.at ?? Infinity;

describe('a thread that dirties more pages than may be dirty', () => {
  it('is not held up below a tenth of memory', () => {
    const told = tell(writerOf(380));
    expect(waitsOf(told, 'writer')).toEqual([]);
    expect(doneAt(told)).toBe(0);
  });

  it('waits, a tenth of a second at a time, until enough is written', () => {
    const told = tell(writerOf(900));
    const waits = waitsOf(told, 'writer');
    expect(waits.length).toBeGreaterThan(5);
    expect(new Set(waits.map((at) => at % 100e6))).toEqual(new Set([0]));
    expect(doneAt(told)).toBeGreaterThan(900e6);
  });

  it('writes pages itself when nobody else does', () => {
    // The writer's inode belongs to pdflush, which is at it; the block device is what is left.
    const told = tell(writerOf(900));
    const own = only(told.all, 'submitted').filter(({ actor }) => actor === 'writer');
    expect(own.map(({ sector }) => told.nameOf(sector))).toContain('block bitmap of group 0');
  });

  it('keeps the mutex of its file meanwhile', () => {
    const told = tell(writerOf(900, 'other: [{ at: 50ms }, { append: [/a, 1B] }, { create: /b }]'));
    const others = only(told.all, 'step').filter(({ actor }) => actor === 'other');
    const returned = others.find(({ what }) => what === 'create /b')?.at ?? 0;
    expect(returned).toBeGreaterThanOrEqual(doneAt(told));
  });

  it('is held up sooner where processes have taken memory', () => {
    // Of 100 - 85 % that are not mapped, half: 7 %, which are 286 pages.
    const hog = 'hog: [{ use: 12MiB }]';
    const told = tell(writerOf(400, hog));
    expect(waitsOf(told, 'writer')).toEqual([]);
    const more = tell(writerOf(400, 'hog: [{ use: 14000KiB }]'));
    expect(waitsOf(more, 'writer').length).toBeGreaterThan(0);
  });
});
