import { describe, expect, it } from 'vitest';
import { NOT_PROMISED } from '../../../src/ext2/promise.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../../support/small-scenario.js';

/** Which sectors of /a are promised at each of these seconds. */
function promisedAt(steps: string, ...seconds: readonly number[]): boolean[][] {
  const { world } = laboratory(
    smallScenario(
      'duration=200s',
      'preemption=5s',
      `workload={ app: [{ create: /a }, { append: [/a, 1KiB] }, { fsync: /a }], ${steps} }`,
    ),
    clearWhenIdle,
  );
  world.reset(seeded('1'));
  return seconds.map((second) => {
    world.runTo(instantOf(second * 1e9));
    return Array.from(world.promised()[0]?.sectors ?? [], (value) => value !== NOT_PROMISED);
  });
}

describe('what fsync has promised of a sector', () => {
  it('is promised no longer once a write() has changed memory, marked dirty or not', () => {
    const steps = 'other: [{ at: 150s }, { overwrite: [/a, 512B, 512B] }]';
    expect(promisedAt(steps, 149, 151, 156)).toEqual([
      [true, true],
      [true, false],
      [true, false],
    ]);
  });

  it('is not promised by an fsync that began between the change and the mark', () => {
    const steps =
      'other: [{ at: 100s }, { overwrite: [/a, 512B, 512B] }], syncs: [{ at: 102s }, { fsync: /a }]';
    expect(promisedAt(steps, 199)).toEqual([[true, false]]);
  });

  it('is promised no longer once a mapping was stored into, and not for its fault', () => {
    const steps =
      'other: [{ at: 100s }, { store: [/a, 0B, 512B] }, { at: 150s }, { store: [/a, 512B, 512B] }], syncs: [{ at: 110s }, { fsync: /a }]';
    expect(promisedAt(steps, 101, 106, 149, 151, 160)).toEqual([
      [true, true],
      [false, true],
      [true, true],
      [true, true],
      [true, false],
    ]);
  });
});
