/** How e2fsck words what we call by a code: to compare what two checks have found. */
import type { ProblemCode } from '../../src/ext2/fsck/problems.js';

const WORDS: Readonly<Partial<Record<ProblemCode, RegExp>>> = {
  'low-dtime': /was part of the orphaned inode list/,
  'zero-dtime': /has zero dtime/,
  'set-dtime': /is in use, but has dtime set/,
  'illegal-block': /Illegal (block|indirect|double|triple)/,
  'too-many-illegal-blocks': /Too many illegal blocks/,
  'zero-length-directory': /is a zero-length directory/,
  'bad-size': /i_size is/,
  'bad-sectors': /i_blocks is/,
  'multiply-claimed': /Multiply-claimed block\(s\) in inode/,
  'bad-mode': /has invalid mode/,
  'directory-hole': /has an unallocated block/,
  'directory-corrupted': /directory corrupted/,
  'link-to-dot': /is a link to '\.'/,
  'bad-inode-number': /has invalid inode #/,
  'link-to-root': /is a link to the root inode/,
  'unused-inode': /has deleted\/unused inode/,
  'bad-file-type': /has an incorrect filetype/,
  'bad-name': /has illegal characters in its name/,
  'link-to-directory': /is a link to directory/,
  'unconnected-directory': /Unconnected directory inode/,
  'wrong-parent': /^'\.\.' in/m,
  'unattached-empty': /Unattached zero-length inode/,
  'unattached-inode': /Unattached inode/,
  'bad-links': /ref count is/,
  'block-bitmap': /Block bitmap differences/,
  'free-blocks-of-group': /Free blocks count wrong for group/,
  'inode-bitmap': /Inode bitmap differences/,
  'free-inodes-of-group': /Free inodes count wrong for group/,
  'directories-of-group': /Directories count wrong for group/,
  'block-bitmap-padding': /Padding at end of block bitmap/,
  'inode-bitmap-padding': /Padding at end of inode bitmap/,
};

/** The codes that a text of e2fsck tells of. */
export function classesIn(text: string): readonly string[] {
  return Object.entries(WORDS)
    .filter(([, words]) => words.test(text))
    .map(([code]) => code)
    .sort();
}

/** The codes among these that e2fsck has words for here. */
export function classesOf(codes: readonly ProblemCode[]): readonly string[] {
  return [...new Set(codes)].filter((code) => WORDS[code] !== undefined).sort();
}
