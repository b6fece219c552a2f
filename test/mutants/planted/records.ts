/** Bugs in what survives: records of every kind, and the device that holds them. */
import type { Mutant } from '../mutant.js';

export const IN_THE_RECORD: readonly Mutant[] = [
  {
    name: 'the polarity of the log is turned for those who read it',
    file: 'media/dm-log.ts',
    line: 'if (isClean(log, region)) all[region] = 0;',
    becomes: 'if (!isClean(log, region)) all[region] = 0;',
    caughtBy: 'dm-log: marked before it is written',
  },
  {
    name: 'the polarity of the log is turned for those who hear of it',
    file: 'media/dm-log.ts',
    line: 'const cleanBits: Bitset = { at: BITSET_AT, bits: regions, covering: 0 };',
    becomes: 'const cleanBits: Bitset = { at: BITSET_AT, bits: regions, covering: 1 };',
    caughtBy: 'dm-log: says what it told',
  },
  {
    name: 'toResync forgets the first region',
    file: 'media/record.ts',
    line: 'if (coverage[region] === 1) regions.push(region);',
    becomes: 'if (coverage[region] === 1 && region > 0) regions.push(region);',
    caughtBy: 'a crash diverges where exposed',
  },
  {
    name: 'a flush of several writes ends with the first',
    file: 'media/log-device.ts',
    line: 'if (this.#options.record.next[MORE] === 1 && this.#writeNext()) return;',
    becomes: '',
    caughtBy: 'activity log: marked before it is written',
  },
  {
    name: 'sectors of the log land all at once',
    file: 'media/log-device.ts',
    line: 'this.#times[0]! += this.#options.drive.sectorTime;',
    becomes: '',
    caughtBy: 'bits land in their time',
  },
  {
    name: 'the context of a transaction always begins at slot 0',
    file: 'media/activity-log.ts',
    line: 'memory[CYCLE] = next >= this.#layout.slots ? 0 : next;',
    becomes: 'memory[CYCLE] = next >= 0 ? 0 : next;',
    caughtBy: 'activity log: marked before it is written',
  },
  {
    name: 'a torn transaction counts',
    file: 'media/al-replay.ts',
    line: '.filter((at) => isValidTransaction(bytes, view, at))',
    becomes:
      '.filter((at) => isValidTransaction(bytes, view, at) || (view.getUint32(at) === 0x69cb65a2 && view.getUint16(at + 12) === 0))',
    caughtBy: 'activity log: says what it told',
  },
  {
    name: 'the newest transaction is replayed first',
    file: 'media/al-replay.ts',
    line: 'valid.sort((a, b) => (a.number - b.number) | 0);',
    becomes: 'valid.sort((a, b) => (b.number - a.number) | 0);',
    caughtBy: 'activity log: marked before it is written',
  },
  {
    name: 'the bitmap of what is out of sync is looked at a byte beside',
    file: 'media/out-of-sync.ts',
    line: 'if ((bit & 7) === 0 && bytes[OUT_OF_SYNC_AT + (bit >> 3)] === 0) bit += 7;',
    becomes: 'if ((bit & 7) === 0 && bytes[OUT_OF_SYNC_AT + (bit >> 3) + 1] === 0) bit += 7;',
    caughtBy: 'activity log: says what it told',
  },
  {
    name: "md's superblock is not written when it becomes active",
    file: 'media/md-record.ts',
    line: 'noteSuperblock(memory);',
    becomes: 'if (!active) noteSuperblock(memory);',
    caughtBy: 'md: marked before it is written',
  },
  {
    name: 'md believes its bits on a clean superblock',
    file: 'media/md-record.ts',
    line: 'if (!isActiveSuperblock(view)) return all;',
    becomes: 'if (!isActiveSuperblock(view) && !hasBitmap(view)) return all;',
    caughtBy: 'md: says what it told',
  },
];
