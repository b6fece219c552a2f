import { describe, expect, it } from 'vitest';
import { check } from '../../../src/ext2/fsck/check.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { scenarioOf, type Program } from '../programs.js';

/** A file with an indirect block is unlinked while another thread calls sync. */
const PROGRAM: Program = [
  [
    { do: 'create', file: 0 },
    { do: 'create', file: 9 },
    { do: 'append', file: 0, bytes: 49_152 },
    { do: 'unlink', file: 0 },
  ],
  [{ do: 'create', file: 1 }, { do: 'create', file: 9 }, { do: 'sync' }],
];

it('waits for an indirect block that came under write while its file is taken apart', () => {
  const scenario = scenarioOf(PROGRAM, '1KiB', 'ample memory');
  const { world } = laboratory(scenario, clearWhenIdle);
  for (let seed = 0; seed < 20; seed++) {
    world.reset(seeded(`${seed}`));
    world.runTo(instantOf(scenario.duration - 1));
    expect(check(world.crash().legs[0]!).verdict).toBe('clean');
  }
});

describe('an inode that is being deleted has no other user', () => {
  const leg = drive('0ms', '0ms');

  /** All of it is due at once, in whatever order; the inode itself says who came too late. */
  const atOnce = (workload: string): void => {
    const scenario = smallScenario(
      'duration=80s',
      'preemption={ list: [0ms] }',
      `mirror.legs=[${leg}, ${leg}]`,
      `mirror.log=${leg}`,
      `workload={ one: [{ create: /a }, { append: [/a, 3KiB] }, { at: 1s }, { unlink: /a }, { create: /a }], ${workload} }`,
    );
    const { world } = laboratory(scenario, clearWhenIdle);
    for (let seed = 0; seed < 60; seed++) {
      world.reset(seeded(`${seed}`));
      world.runTo(instantOf(scenario.duration - 1));
      expect(check(world.crash().legs[0]!).verdict).toBe('clean');
    }
  };

  it('as sync() passes over it', () => {
    atOnce('two: [{ at: 1s }, sync, sync]');
  });

  it('as another unlink, before it has the directory, has found nothing', () => {
    const others = '{ create: /b }, { unlink: /b }, { create: /b }';
    atOnce(`two: [{ at: 1s }, ${others}], three: [{ at: 1s }, ${'{ unlink: /a }, '.repeat(9)}]`);
  });
});
