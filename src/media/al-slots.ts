/**
 * The slots of the activity log, as they stand in an image's memory.
 *
 * Follows: lib/lru_cache.c `lc_get`, whose elements are the slots, with what is in use and what the
 * log has of each (`lc_number`, `lc_new_number`). Leaves out: the LRU order, which is the caller's.
 */

/** Extents count from 1; 0: the slot is free. */
export interface SlotLayout {
  readonly slots: number;
  /** Where they begin, as they are now and as the log has them. */
  readonly now: number;
  readonly logged: number;
}

export function hasUpdates(memory: Int32Array, { slots, now, logged }: SlotLayout): boolean {
  for (let slot = 0; slot < slots; slot++) {
    if (memory[now + slot] !== memory[logged + slot]) return true;
  }
  return false;
}

/** Where an extent goes: into the free slot that the log still has it in, or the first one. */
export function slotFor(memory: Int32Array, layout: SlotLayout, extent: number): number {
  const { slots, now, logged } = layout;
  for (let slot = 0; slot < slots; slot++) {
    if (memory[logged + slot] === extent && memory[now + slot] === 0) return now + slot;
  }
  return slotOf(memory, layout, 0);
}

/** The first slot with this extent; with 0, the first that is free. */
export function slotOf(memory: Int32Array, { slots, now }: SlotLayout, extent: number): number {
  for (let slot = now; slot < now + slots; slot++) if (memory[slot] === extent) return slot;
  throw new Error(extent === 0 ? 'no slot of the activity log is free' : 'a hot extent has a slot');
}
