/** Files that are deleted while others, all at one instant, look for them. */
import { check } from '../../src/ext2/fsck/check.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../support/small-scenario.js';

/** What others do when /a is unlinked and made anew. */
export const SYNCS = 'two: [{ at: 1s }, sync, sync]';
/** The directory is taken, so that an unlink waits for it and finds the name gone. */
export const UNLINKS =
  'two: [{ at: 1s }, { create: /b }, { unlink: /b }, { create: /b }],' +
  ` three: [{ at: 1s }, ${'{ unlink: /a }, '.repeat(9)}]`;

/** The inode itself says who is at it when it is gone, and fsck what became of the rest. */
export function disorderAfterDeletion(others: string, seed: string, orders = 20): string[] {
  const leg = drive('0ms', '0ms');
  const scenario = smallScenario(
    'duration=80s',
    'preemption={ list: [0ms] }',
    `mirror.legs=[${leg}, ${leg}]`,
    `mirror.log=${leg}`,
    `workload={ one: [{ create: /a }, { append: [/a, 3KiB] }, { at: 1s }, { unlink: /a }, { create: /a }], ${others} }`,
  );
  const { world } = laboratory(scenario, clearWhenIdle);
  const faults: string[] = [];
  for (let order = 0; order < orders; order++) {
    world.reset(seeded(`${seed}, ${order}`));
    world.runTo(instantOf(scenario.duration - 1));
    const { verdict } = check(world.crash().legs[0]!);
    if (verdict !== 'clean') faults.push(`seed ${seed}, order ${order}: fsck says ${verdict}`);
  }
  return faults;
}
