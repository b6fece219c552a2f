/**
 * What a check can find, in e2fsck's words and with e2fsck's judgement of what may be repaired
 * unasked.
 *
 * Follows: e2fsck/problem.c (1.47): the flags PR_PREEN_OK and PR_NO_OK of each problem.
 */

/**
 * - `preen`: repaired unasked
 * - `ask`: needs a person
 * - `offer`: needs a person too, but left alone it does not count against the file system
 * - `note`: repaired unasked, and left alone it does not count
 */
type Judgement = 'preen' | 'ask' | 'offer' | 'note';

const JUDGEMENTS = {
  'superblock-unreadable': 'ask',
  'root-no-directory': 'ask',
  'root-dtime': 'preen',
  'reserved-bad-mode': 'preen',
  'low-dtime': 'ask',
  'zero-dtime': 'preen',
  'set-dtime': 'preen',
  'illegal-block': 'ask',
  'too-many-illegal-blocks': 'offer',
  'zero-length-directory': 'preen',
  'bad-size': 'preen',
  'bad-sectors': 'preen',
  'multiply-claimed': 'ask',
  'cannot-clone': 'ask',
  'bad-mode': 'ask',
  'directory-hole': 'ask',
  'cannot-fill-hole': 'ask',
  'directory-corrupted': 'ask',
  'bad-dot': 'ask',
  'big-dot': 'offer',
  'bad-dot-dot': 'ask',
  'link-to-dot': 'ask',
  'bad-inode-number': 'ask',
  'duplicate-dot': 'ask',
  'link-to-root': 'ask',
  'empty-name': 'ask',
  'unused-inode': 'preen',
  'bad-file-type': 'ask',
  'no-file-type': 'note',
  'bad-name': 'ask',
  'link-to-directory': 'ask',
  'duplicate-entry': 'ask',
  'large-file': 'preen',
  'root-missing': 'ask',
  'cannot-make-root': 'ask',
  'unconnected-directory': 'ask',
  'wrong-parent': 'ask',
  'no-lost-and-found': 'preen',
  'lost-and-found-no-directory': 'ask',
  'no-room-for-lost-and-found': 'ask',
  'no-lost-and-found-made': 'offer',
  'lost-and-found-full': 'ask',
  'cannot-reconnect': 'ask',
  'unattached-empty': 'preen',
  'unattached-inode': 'ask',
  'bad-links': 'preen',
  'block-bitmap': 'preen',
  'free-blocks-of-group': 'preen',
  'free-blocks': 'note',
  'inode-bitmap': 'preen',
  'free-inodes-of-group': 'preen',
  'directories-of-group': 'preen',
  'free-inodes': 'note',
  'block-bitmap-padding': 'preen',
  'inode-bitmap-padding': 'preen',
} as const satisfies Record<string, Judgement>;

export type ProblemCode = keyof typeof JUDGEMENTS;

export interface Problem {
  /**
   * The pass of e2fsck that finds it: 0 superblock, 1 inodes, 2 directories, 3 parents, 4 links, 5
   * bitmaps.
   */
  readonly pass: 0 | 1 | 2 | 3 | 4 | 5;
  readonly code: ProblemCode;
  readonly text: string;
  readonly repaired: boolean;
}

/**
 * - `clean`: nothing but notes (e2fsck leaves with 0)
 * - `repaired`: nothing is left (1)
 * - `left`: something is left (4)
 * - `refused`: preening met something that needs a person; nothing was changed but s_state (4)
 */
export type CheckVerdict = 'clean' | 'repaired' | 'left' | 'refused';

export interface CheckReport {
  readonly verdict: CheckVerdict;
  /** In the order in which they were found; notes among them. */
  readonly problems: readonly Problem[];
}

/** Whether preening stops at it. */
export function needsPerson(code: ProblemCode): boolean {
  return JUDGEMENTS[code] === 'ask' || JUDGEMENTS[code] === 'offer';
}

/** Whether a file system that has it is not clean. */
export function counts(code: ProblemCode): boolean {
  return JUDGEMENTS[code] === 'ask' || JUDGEMENTS[code] === 'preen';
}
