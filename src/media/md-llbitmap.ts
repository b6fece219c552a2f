/**
 * The lockless bitmap of md (6.18): a byte a chunk, from 1 KiB behind its superblock.
 *
 * Follows: drivers/md/md-llbitmap.c (`BITMAP_DATA_OFFSET`, `state_machine`, `llbitmap_write`,
 * `llbitmap_unplug`, `llbitmap_load`). Two things differ from the bitmap of bits:
 * - A load turns Dirty and Syncing into NeedSync and asks for a resync whatever the superblock says
 *   (`BitmapActionReload`, MD_RECOVERY_SYNC; `md_sync_position` starts at 0 where there is a
 *   bitmap): **a clean superblock does not override it.**
 * - Clean is never written for its own sake: `llbitmap_write` makes a block due for writing only
 *   for
 *   Dirty and NeedSync. A chunk that the daemon has cleaned stays Dirty on the device until another
 *   chunk of the same sector is marked (or the array stops).
 * In this model it stands once, on the record's device, instead of on each member. The chunk is the
 * geometry's region; md takes 64 KiB and doubles it until the states fit the reserved space
 * (`llbitmap_init`).
 * Leaves out: the infection of a whole sector when a second chunk of it is marked
 * (`llbitmap_infect_dirty_bits`), Unwritten chunks, states of raid5.
 */
import { landSector } from './bitset.js';
import type { Geometry } from './geometry.js';
import { SECTOR_BYTES } from './geometry.js';
import { BITMAP_AT, formatBitmap, isBelievedBitmap } from './md-bitmap.js';
import { sectorOf, setActive, wholeSectors } from './md-record.js';
import { formatSuperblock, isActiveSuperblock, isBelievedSuperblock } from './md-superblock.js';
import { NOTES, noteSector, prepareNoted } from './md-writes.js';
import { imageOver, type RecordFormat, type TellCover } from './record-format.js';

export const STATES_AT = BITMAP_AT + 1024;

const UNWRITTEN = 0;
const CLEAN = 1;
const DIRTY = 2;
const NEED_SYNC = 3;
/** BitNeedSyncUnwritten and what follows it are raid5's and hold no data. */
const NEED_SYNC_UNWRITTEN = 5;
const STATES = 8;

export function mdLockless(geometry: Geometry): RecordFormat {
  const { regions } = geometry;
  return {
    kind: 'md-llbitmap',
    bytes: wholeSectors(STATES_AT + regions),
    mostMarked: Infinity,
    remembers: NOTES,
    format: (image, clean) => {
      formatSuperblock(image, geometry, !clean, true);
      formatBitmap(image, geometry, 6);
      image.bytes.fill(clean ? CLEAN : NEED_SYNC, STATES_AT, STATES_AT + regions);
    },
    recall: () => undefined,
    mark: (image, region) => {
      if (isCopied(image.bytes[STATES_AT + region]!)) return false;
      image.bytes[STATES_AT + region] = DIRTY;
      noteSector(image.memory, sectorOf(STATES_AT + region));
      return true;
    },
    clear: (image, region) => {
      image.bytes[STATES_AT + region] = CLEAN;
      return false;
    },
    setActive,
    isActive: ({ view }) => isActiveSuperblock(view),
    prepare: ({ memory }, write) => {
      prepareNoted(memory, write);
    },
    land: (durable, written, sector, tell) => {
      if (sector < sectorOf(STATES_AT)) landSector(durable, written, sector);
      else landStates(durable.bytes, written.bytes, sector, regions, tell);
    },
    coverage: (bytes) => {
      const { view } = imageOver(bytes, new Int32Array(0));
      const all = new Uint8Array(regions);
      if (!isBelievedSuperblock(view) || !isBelievedBitmap(view, 6)) return all.fill(1);
      return all.map((_, region) => +isCopied(bytes[STATES_AT + region]!));
    },
  };
}

/** What `BitmapActionReload` leaves as NeedSync; a state that is none counts as such. */
function isCopied(state: number): boolean {
  if (state === UNWRITTEN || state === CLEAN) return false;
  return state < NEED_SYNC_UNWRITTEN || state >= STATES;
}

function landStates(
  durable: Uint8Array,
  written: Uint8Array,
  sector: number,
  regions: number,
  tell: TellCover,
): void {
  const from = sector * SECTOR_BYTES;
  const end = Math.min(from + SECTOR_BYTES, STATES_AT + regions);
  for (let at = from; at < end; at++) {
    const before = durable[at]!;
    const state = written[at]!;
    if (before === state) continue;
    durable[at] = state;
    if (isCopied(before) !== isCopied(state)) tell(at - STATES_AT, isCopied(state));
  }
}
