/**
 * Where ext2 puts the first file on an empty disk: at the goal of its process (`ext2_find_near`),
 * all its blocks in one piece (`find_next_usable_block`, its window of reservation).
 */
import { inodeOf } from '../../src/ext2/tree.js';
import { walkBlocks } from '../../src/ext2/walk.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../support/small-scenario.js';
import { watchedRun } from '../support/watched-run.js';

export function wrongLayout(blockSize: string, size: string, pid: number): string[] {
  const scenario = smallScenario(
    `filesystem={ type: ext2, blockSize: ${blockSize}, size: ${size} }`,
    `workload={ app: { pid: ${pid}, steps: [{ create: /a }, { append: [/a, 60KiB] }, { append: [/a, 40KiB] }, { fsync: /a }] } }`,
  );
  const lab = laboratory(scenario, clearWhenIdle);
  const { memory } = watchedRun(lab, '1', () => undefined);
  const { layout, world } = lab;
  const [file] = world.promised();
  if (file === undefined) return ['nothing was promised'];
  const blocks: number[] = [];
  walkBlocks(memory, layout, inodeOf(memory, layout, file.ino), (block) => {
    blocks.push(block);
    return block;
  });
  blocks.sort((a, b) => a - b);
  const goal = layout.firstBlockOf(0) + (pid % 16) * Math.floor(layout.blocksPerGroup / 16);
  const expected = blocks.map((_, n) => goal + n);
  if (blocks.join() === expected.join()) return [];
  return [`the blocks are ${blocks.join()} and not those from ${goal} on`];
}
