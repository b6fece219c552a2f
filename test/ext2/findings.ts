/**
 * What two checks have found, in one form: how e2fsck words what we call by a code, and which
 * objects the words name. Names and paths are left out: the numbers beside them say the same.
 */
import type { Problem, ProblemCode } from '../../src/ext2/fsck/problems.js';

/** Each group is an object: an inode, a block, a count; a list of runs is taken apart. */
const WORDS: Readonly<Partial<Record<ProblemCode, RegExp>>> = {
  'reserved-bad-mode': /^Reserved inode (\d+) .*has invalid mode/,
  'root-no-directory': /^Root inode is not a directory\./,
  'root-dtime': /^Root inode has dtime set/,
  'root-missing': /^Root inode (?:not allocated|is not a directory; aborting)/,
  'low-dtime': /^Inode (\d+) was part of the orphaned inode list/,
  'zero-dtime': /^Deleted inode (\d+) has zero dtime/,
  'set-dtime': /^Inode (\d+) is in use, but has dtime set/,
  'illegal-block': /^Illegal (.*block.*) \((\d+)\) in inode (\d+)/,
  'too-many-illegal-blocks': /^Too many illegal blocks in inode (\d+)/,
  'zero-length-directory': /^Inode (\d+) is a zero-length directory/,
  'bad-size': /^Inode (\d+), i_size is (\d+), should be (\d+)/,
  'bad-sectors': /^Inode (\d+), i_blocks is (\d+), should be (\d+)/,
  'multiply-claimed': /^Multiply-claimed block\(s\) in inode (\d+): +([\d\- ]+)/,
  'bad-mode': /^Inode (\d+) \(.*\) has invalid mode \((\d+)\)/,
  'directory-hole': /^Directory inode (\d+) has an unallocated block #(\d+)/,
  'directory-corrupted': /^Directory inode (\d+), block #(\d+), offset (\d+): directory corrupted/,
  'bad-dot':
    /^(?:Missing '\.'|First entry '.*' \(inode=\d+\)|Invalid inode number for '\.'|'\.' directory entry) in directory inode (\d+)/,
  'big-dot': /^Directory entry for '\.' in .* \((\d+)\) is big/,
  'bad-dot-dot':
    /^(?:Missing '\.\.'|Second entry '.*' \(inode=\d+\)|'\.\.' directory entry) in directory inode (\d+)/,
  'link-to-dot': /^Entry '.*' in .* \((\d+)\) is a link to '\.'/,
  'bad-inode-number': /^Entry '.*' in .* \((\d+)\) has invalid inode #: (\d+)/,
  'duplicate-dot': /^Entry '.*' in .* \((\d+)\) is duplicate '(\.\.?)' entry/,
  'link-to-root': /^Entry '.*' in .* \((\d+)\) is a link to the root inode/,
  'empty-name': /^Entry '.*' in .* \((\d+)\) has a zero-length name/,
  'unused-inode': /^Entry '.*' in .* \((\d+)\) has deleted\/unused inode (\d+)/,
  'bad-file-type':
    /^Entry '.*' in .* \((\d+)\) has an incorrect filetype \(was (\d+), should be (\d+)\)/,
  'no-file-type': /^Setting filetype for entry '.*' in .* \((\d+)\) to (\d+)/i,
  'bad-name': /^Entry '.*' in .* \((\d+)\) has illegal characters in its name/,
  'link-to-directory': /^Entry '.*' in .* \((\d+)\) is a link to directory .* \((\d+)\)/,
  'duplicate-entry': /^Duplicate entry '.*' found/,
  'large-file': /^Filesystem contains large files, but lacks LARGE_FILE flag/,
  'unconnected-directory': /^Unconnected directory inode (\d+)/,
  'wrong-parent': /^'\.\.' in .* \((\d+)\) is .* \((\d+)\), should be .* \((\d+)\)/,
  'unattached-empty': /^Unattached zero-length inode (\d+)/,
  'unattached-inode': /^Unattached inode (\d+)/,
  'bad-links': /^Inode (\d+) ref count is (\d+), should be (\d+)/,
  'block-bitmap': /^Block bitmap differences: +([-+()\d ]+)/,
  'free-blocks-of-group': /^Free blocks count wrong for group #(\d+) \((\d+), counted=(\d+)\)/,
  'free-blocks': /^Free blocks count wrong \((\d+), counted=(\d+)\)/,
  'inode-bitmap': /^Inode bitmap differences: +([-+()\d ]+)/,
  'free-inodes-of-group': /^Free inodes count wrong for group #(\d+) \((\d+), counted=(\d+)\)/,
  'free-inodes': /^Free inodes count wrong \((\d+), counted=(\d+)\)/,
  'directories-of-group': /^Directories count wrong for group #(\d+) \((\d+), counted=(\d+)\)/,
  'block-bitmap-padding': /^Padding at end of block bitmap is not set/,
  'inode-bitmap-padding': /^Padding at end of inode bitmap is not set/,
};

/**
 * What e2fsck tells beside: passes, sums, questions, claims and illegal blocks once more by file,
 * and where it or its library stumbles over what it was told to leave.
 */
const NO_FINDING: readonly RegExp[] = [
  /^$|^ |^\t|^e2fsck|^Pass \d|^Running additional passes|^\(There are \d+ inodes containing/,
  /^\S+: (?:\*+ WARNING|\d+\/\d+ files)|was not cleanly unmounted/,
  /^File .* \(inode #\d+, mod time .*\)|^Inode \d+ has illegal block\(s\)/,
  /^Multiply-claimed blocks already reassigned or cloned\.$/,
  /^Inode \d+ block \d+ conflicts with critical metadata|^Inodes that were part of a corrupted/,
  /^Entry '.*' in .* \(\d+\) has a non-unique filename|^Rename to .*\? no$/,
  /^Duplicate entry '.*' in .* \(\d+\) found/,
  /^Failed to optimize directory .* \(\d+\): EXT2 directory corrupted$/,
  /^Error while iterating over blocks in inode \d+|^Illegal block number passed to ext2fs_/,
  /^(?:Fix|Clear|Connect to \/lost\+found|Allocate|Salvage|Split|Clear inode|Delete file|Clone .*|Suppress messages)\? no$/,
];

/** A block beyond the end of the image; what e2fsck goes on to tell stands in the same line. */
const STUMBLES = /^Error reading block \d+ \([^)]*\)[^.]*\. {2}(?:Ignore error\? no)?/;

export interface Findings {
  /** `code: object object`, sorted; e2fsck asks twice about some. */
  readonly found: readonly string[];
  /** Lines that nobody here has a word for. */
  readonly unknown: readonly string[];
}

/** What a text of e2fsck tells of. */
export function findingsIn(text: string): Findings {
  const found: string[] = [];
  const unknown: string[] = [];
  for (const printed of text.split('\n')) {
    const line = printed.replace(STUMBLES, '');
    const told = Object.entries(WORDS).flatMap(([code, words]) => findingIn(code, words, line));
    if (told.length > 0) found.push(...told);
    else if (!NO_FINDING.some((words) => words.test(line))) unknown.push(line);
  }
  return { found: [...new Set(found)].sort(), unknown };
}

/** The same of what our check has found. */
export function findingsOf(problems: readonly Problem[]): Findings {
  const found: string[] = [];
  const unknown: string[] = [];
  for (const { code, text } of problems) {
    const words = WORDS[code];
    // e2fsck shows the bytes of a name in its own way, always in one line.
    const line = text.replaceAll(/[^ -~]/g, '?');
    const told = words === undefined ? [] : findingIn(code, words, line);
    if (told.length > 0) found.push(...told);
    else unknown.push(`${code}: ${text}`);
  }
  return { found: [...new Set(found)].sort(), unknown };
}

function findingIn(code: string, words: RegExp, line: string): readonly string[] {
  const match = words.exec(line);
  return match === null ? [] : [`${code}: ${match.slice(1).map(apart).join(' ')}`];
}

/** `-(7--9) +12` as `-7 -8 -9 +12`. What e2fsck lets begin with block 0 begins with block 1. */
function apart(objects: string): string {
  return objects.trim().replaceAll(/([-+]?)\(?(\d+)--(\d+)\)?/g, (_, sign: string, a, b) => {
    const [from, to] = [Math.max(Number(a), 1), Number(b)];
    return Array.from({ length: to - from + 1 }, (__, n) => `${sign}${from + n}`).join(' ');
  });
}
