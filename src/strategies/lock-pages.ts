/**
 * Pages and buffers are locked while they are written: a store waits until the write has ended.
 *
 * Proposed by: Mikulas Patocka, dm-devel, 2 April 2008, idea 1 ("lock the buffers and unmap the
 * pages while they are being written"). Linux has had it for data as "stable pages" in 3.0, and
 * from 3.9 on where a device asks for it; never for ext2's metadata.
 */
import type { FixStrategy } from '../machine/strategy.js';

export const lockPages: FixStrategy = {
  name: 'lock-pages',
  summary: 'Idea 1 of the mail: a store waits while its page or buffer is being written.',
  needs: 'a mirror that tells the page cache and every file system to keep off pages in flight',
  costs: 'the time that stores wait',
  assumes:
    'that the kernel knows of every store. It knows nothing of an application that ' +
    'changes the buffer of its own O_DIRECT write',
  record: 'dm-log',
  stores: 'wait',
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
