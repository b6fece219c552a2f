/**
 * A page in flight is copied before a store changes it, and the legs read the copy from then on.
 *
 * Proposed by: Bill Davidsen, linux-raid, April 2008: a copy-on-write bit that says that I/O is in
 * flight.
 */
import type { FixStrategy } from '../machine/strategy.js';

export const copyOnStore: FixStrategy = {
  name: 'copy-on-store',
  summary: "Davidsen's copy-on-write bit: a page in flight is copied before a store changes it.",
  needs: 'a bit of each page that every store looks at, and a mirror that can be told of the copy',
  costs: 'the pages that are stored to while they are in flight are copied',
  assumes:
    'that the kernel knows of every store, as lock-pages does; that memory for the copy ' +
    'can be had without I/O (he warns of the recursion)',
  record: 'dm-log',
  stores: 'copy',
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
