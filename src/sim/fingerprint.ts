/**
 * A rolling hash over everything that happened: 64 bits in two lanes, always on.
 *
 * Two runs with the same fingerprint went through the same events, got the same answers and ended
 * with the same bytes.
 */
const WORD = 2 ** 32;
/** Exact, being a power of two, and quicker than a division. */
const PER_WORD = 1 / WORD;
/** Slots in an agenda that an event's word keeps apart. */
const MOST_SLOTS = 1024;

export class Fingerprint {
  #low = 0;
  #high = 0;

  reset(): void {
    this.#low = 0x6a09e667;
    this.#high = 0xbb67ae85 | 0;
  }

  /** Takes in one 32-bit word. */
  mix(word: number): void {
    const low = Math.imul(this.#low ^ word, 0x9e3779b1);
    this.#low = (low << 15) | (low >>> 17);
    const high = Math.imul(this.#high ^ low ^ word, 0x85ebca6b);
    this.#high = (high << 13) | (high >>> 19);
  }

  /** Takes in a whole number below 2^53. */
  mixWide(value: number): void {
    this.mix(value | 0);
    if (value >= WORD) this.mix(Math.floor(value * PER_WORD));
  }

  /** Takes in an event: its instant and its slot. */
  mixEvent(at: number, slot: number): void {
    this.mix(at | 0);
    this.mix(Math.floor(at * PER_WORD) * MOST_SLOTS + slot);
  }

  /** The last eight of its digits, as a number. */
  get low(): number {
    return this.#low >>> 0;
  }

  /** 16 hexadecimal digits. */
  text(): string {
    return hex(this.#high) + hex(this.#low);
  }
}

function hex(word: number): string {
  return (
    HEX[word >>> 24]! + HEX[(word >>> 16) & 255]! + HEX[(word >>> 8) & 255]! + HEX[word & 255]!
  );
}

/** By byte: a word is put together quicker than it is converted. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
