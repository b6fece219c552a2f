/**
 * Where the next block of a file should go.
 *
 * Follows: inode.c of 2.6.25 `ext2_find_goal`, `ext2_find_near`.
 */
import type { Sectors } from '../media/sectors.js';
import { pointerAt } from './blockmap.js';
import type { Layout } from './layout.js';
import type { Reservations } from './reservations.js';

/** Behind the last block, if the file is written in order; 0: it is not, {@link findNear} says. */
export function findGoal(windows: Reservations, slot: number, logical: number): number {
  if (slot < 0 || !windows.isOpen(slot)) return 0;
  const last = windows.lastPhysical(slot);
  if (last !== 0 && logical === windows.lastLogical(slot) + 1) return last + 1;
  return 0;
}

/**
 * Near the nearest earlier pointer, else near the indirect block, else in the inode's group at a
 * place that depends on the pid. `indirect` is the block in which pointer `index` is missing, 0: it
 * is missing among the inode's own `pointers`.
 */
export function findNear(
  disk: Sectors,
  layout: Layout,
  pointers: Int32Array,
  indirect: number,
  index: number,
  ino: number,
  pid: number,
): number {
  for (let i = index - 1; i >= 0; i--) {
    const pointer = indirect === 0 ? pointers[i]! : pointerAt(disk, layout, indirect, i);
    if (pointer !== 0) return pointer;
  }
  if (indirect !== 0) return indirect;
  const colour = (pid & 15) * (layout.blocksPerGroup >> 4);
  return layout.firstBlockOf(layout.groupOfInode(ino)) + colour;
}
