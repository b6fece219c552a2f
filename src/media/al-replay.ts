/**
 * What an activity log says after a crash: its valid transactions, applied from the oldest on.
 *
 * Follows: drbd-utils drbdmeta.c `replay_al_84`. At most one transaction is torn, the one that was
 * being written; the ring is larger than what its contexts need by one.
 */
import {
  TRANSACTION_BYTES,
  applyTransaction,
  isValidTransaction,
  numberOf,
} from './al-transaction.js';
import { LOG_AT, RING } from './drbd-metadata.js';
import type { RecordImage } from './record-format.js';

/**
 * Fills `slots` with extents, counted from 1, and answers with the number of the newest
 * transaction; undefined: not one is valid.
 */
export function replay(
  { bytes, view }: Pick<RecordImage, 'bytes' | 'view'>,
  slots: Int32Array,
): number | undefined {
  const blocks = Array.from({ length: RING }, (_, block) => LOG_AT + block * TRANSACTION_BYTES);
  const valid = blocks
    .filter((at) => isValidTransaction(bytes, view, at))
    .map((at) => ({ at, number: numberOf(view, at) | 0 }));
  // Numbers wrap around: what is newer is a difference.
  valid.sort((a, b) => (a.number - b.number) | 0);
  for (const { at } of valid) applyTransaction(view, at, slots);
  return valid.at(-1)?.number;
}
