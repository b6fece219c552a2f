/**
 * A bitset on a device: bit n at byte n >> 3, lowest bit first, as ext2_set_bit and the bitmaps of
 * md and DRBD have it.
 */
import type { RecordImage, TellCover } from './record-format.js';
import { SECTOR_BYTES } from './geometry.js';

export interface Bitset {
  /** Its first byte on the device, a multiple of 4. */
  readonly at: number;
  readonly bits: number;
  /** The value of a bit that makes recovery copy. */
  readonly covering: 0 | 1;
}

/** In whole words of 32 bits. */
export function bitsetBytes(bits: number): number {
  return Math.ceil(bits / 32) * 4;
}

export function hasBit(bytes: Uint8Array, at: number, bit: number): boolean {
  return (bytes[at + (bit >> 3)]! & (1 << (bit & 7))) !== 0;
}

export function setBit(bytes: Uint8Array, at: number, bit: number): void {
  bytes[at + (bit >> 3)]! |= 1 << (bit & 7);
}

export function unsetBit(bytes: Uint8Array, at: number, bit: number): void {
  bytes[at + (bit >> 3)]! &= ~(1 << (bit & 7));
}

/** The bitset's share of a sector becomes durable; with `tell`, each bit that changed is told. */
export function landBits(
  set: Bitset,
  durable: RecordImage,
  written: RecordImage,
  sector: number,
  tell: TellCover | undefined,
): void {
  const from = sector * SECTOR_BYTES;
  const end = Math.min(from + SECTOR_BYTES, set.at + bitsetBytes(set.bits)) >> 2;
  for (let word = Math.max(from, set.at) >> 2; word < end; word++) {
    if (durable.words[word] === written.words[word]) continue;
    for (let byte = word * 4; byte < word * 4 + 4; byte++) {
      const changed = durable.bytes[byte]! ^ written.bytes[byte]!;
      durable.bytes[byte] = written.bytes[byte]!;
      if (changed !== 0 && tell !== undefined) {
        tellChanged(set, changed, (byte - set.at) * 8, durable.bytes[byte]!, tell);
      }
    }
  }
}

function tellChanged(
  set: Bitset,
  changed: number,
  first: number,
  value: number,
  tell: TellCover,
): void {
  for (let bit = 0; bit < 8; bit++) {
    if ((changed & (1 << bit)) === 0 || first + bit >= set.bits) continue;
    tell(first + bit, ((value >> bit) & 1) === set.covering);
  }
}

/** A sector that no bitset shares becomes durable; true when it changed. */
export function landSector(durable: RecordImage, written: RecordImage, sector: number): boolean {
  const from = (sector * SECTOR_BYTES) >> 2;
  let changed = false;
  for (let word = from; word < from + SECTOR_BYTES / 4; word++) {
    if (durable.words[word] === written.words[word]) continue;
    durable.words[word] = written.words[word]!;
    changed = true;
  }
  return changed;
}
