/** Bugs in the file system, alive and on disk. */
import type { Mutant } from '../mutant.js';

export const IN_EXT2: readonly Mutant[] = [
  {
    name: 'a bit that is set is taken again',
    file: 'ext2/allocate.ts',
    line: 'if (takeBit(disk, bitmap, bit)) {',
    becomes: 'if (takeBit(disk, bitmap, bit) || bit >= 0) {',
    caughtBy: 'quiet work leaves fsck nothing to say',
  },
  {
    name: 'the next but one free byte is taken',
    file: 'ext2/allocate.ts',
    line: 'const free = byte << 3;',
    becomes: 'const free = nextZeroByte(disk, bitmap, byte + 1, (end + 7) >> 3) << 3;',
    caughtBy: 'the next group is filled from its start',
  },
  {
    name: 'a bit is set and its bitmap is not marked dirty',
    file: 'machine/files/block-allocation.ts',
    line: 'this.#fs.cache.markBufferDirty(this.#fs.layout.blockBitmapOf(this.#now[GROUP]!));',
    becomes: '',
    caughtBy: 'no store is lost',
  },
  {
    name: "the group's count of free blocks does not change",
    file: 'machine/files/block-allocation.ts',
    line: 'adjustFreeBlocks(memory, layout, group, -this.#now[TOOK]!);',
    becomes: '',
    caughtBy: 'files are in order',
  },
  {
    name: 'blocks are not given back',
    file: 'ext2/allocate.ts',
    line: 'return dropBit(disk, first, layout.bitOfBlock(block));',
    becomes: 'return first > 0;',
    caughtBy: 'files are in order',
  },
  {
    name: 'an indirect block is not dirtied when it gets a pointer',
    file: 'machine/files/block-allocation.ts',
    line: 'this.#markIndirect(this.#now[PARENT]!);',
    becomes: '',
    caughtBy: 'no store is lost',
  },
  {
    name: 'a file goes on two blocks behind its last one',
    file: 'ext2/goal.ts',
    line: 'if (last !== 0 && logical === windows.lastLogical(slot) + 1) return last + 1;',
    becomes: 'if (last !== 0 && logical === windows.lastLogical(slot) + 1) return last + 2;',
    caughtBy: 'files lie where ext2 puts them',
  },
  {
    name: 'fsck does not set right the free blocks of a group (pass 5)',
    file: 'ext2/fsck/pass5.ts',
    line: "if (free !== said && exam.fix(5, 'free-blocks-of-group', text)) {",
    becomes: "if (free < said && exam.fix(5, 'free-blocks-of-group', text)) {",
    caughtBy: 'fsck repairs all',
  },
  {
    name: 'fsck leaves bits set that nobody claims (pass 5)',
    file: 'ext2/fsck/pass5.ts',
    line: 'compare(blocks, first + n, exam.claims[first + n]! > 0, bits[n] === 1);',
    becomes:
      'compare(blocks, first + n, exam.claims[first + n]! > 0 || bits[n] === 1, bits[n] === 1);',
    caughtBy: 'fsck repairs all',
  },
];
