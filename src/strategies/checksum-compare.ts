/**
 * Each block is summed when its write is submitted and when it completes; where the sums differ,
 * the region keeps its mark until the block has been written again undisturbed.
 *
 * Proposed by: nobody for dm-raid1; DRBD's `data-integrity-alg` sums the same page twice for
 * another purpose.
 */
import type { FixStrategy } from '../machine/strategy.js';

export const checksumCompare: FixStrategy = {
  name: 'checksum-compare',
  summary:
    'Blocks are summed at submission and completion; a region with unequal sums stays marked.',
  costs: 'two checksums of each block that is written',
  assumes:
    'that a block that is the same at the end was the same all the time. Not so: a block ' +
    'that changes and changes back in between has equal sums, and a leg may have read it ' +
    'in between',
  record: 'dm-log',
  comparesSums: true,
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
