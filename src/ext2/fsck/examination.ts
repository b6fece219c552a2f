/**
 * One run over a file system: what was found so far, and whether what is found is to be repaired.
 *
 * Follows: e2fsck's context (`struct e2fsck_struct`) with `fix_problem`.
 */
import type { MutableSectors } from '../../media/sectors.js';
import { INODE_INTS, hasBlocks, readInode, writeInode } from '../inodes.js';
import type { Layout } from '../layout.js';
import { allPaths, type Paths } from '../tree.js';
import { type Manner, type Visit, walkBlocks } from '../walk.js';
import { type Problem, type ProblemCode, needsPerson } from './problems.js';

const AS_LIBEXT2FS: Manner = { again: 1 << 10, losesItsPlace: true };

/** `-n`, `-y` and `-p`. */
export type Answers = 'no' | 'yes' | 'preen';

export class Examination {
  readonly disk: MutableSectors;
  readonly layout: Layout;
  readonly answers: Answers;
  readonly problems: Problem[] = [];
  /** How often a block is claimed, by the file system itself or by inodes. */
  readonly claims: Int32Array;
  /** 1: superblock, descriptors, bitmaps or inode tables stand there. */
  readonly system: Uint8Array;
  /** 1: the inode is in use. */
  readonly used: Uint8Array;
  /** i_links_count of each inode in use. */
  readonly links: Int32Array;
  /** Directory entries that name the inode. */
  readonly named: Int32Array;
  /** Inodes in use whose mode makes no sense. */
  readonly bad = new Set<number>();
  readonly regular = new Set<number>();
  /** Regular files that say they have 2 GiB or more. */
  large = 0;
  /** The blocks of each directory by logical number, 0 for a hole. */
  readonly directories = new Map<number, number[]>();
  /** The directory in which a directory is named. */
  readonly parents = new Map<number, number>();
  /** What `..` of a directory says. */
  readonly dotDots = new Map<number, number>();
  /** Set where a repair changed what an earlier pass has counted: the passes start anew. */
  again = false;
  /** Set where there is no root to go on with. */
  stopped = false;
  /** Blocks kept for what is missing; 0: none. */
  readonly kept = { root: 0, lostAndFound: 0 };
  /** The directory where what has no name goes; 0: nobody asked for it, or it cannot be had. */
  lostAndFound = 0;
  /** It was asked for to hang something up, and could not be had: nothing is hung up any more. */
  noLostAndFound = false;
  #paths: Paths | undefined;

  constructor(disk: MutableSectors, layout: Layout, answers: Answers) {
    this.disk = disk;
    this.layout = layout;
    this.answers = answers;
    this.claims = new Int32Array(layout.blocksCount);
    this.system = new Uint8Array(layout.blocksCount);
    this.used = new Uint8Array(layout.inodesCount + 1);
    this.links = new Int32Array(layout.inodesCount + 1);
    this.named = new Int32Array(layout.inodesCount + 1);
  }

  /** Notes a problem and says whether to repair it. */
  fix(pass: Problem['pass'], code: ProblemCode, text: string): boolean {
    const preened = this.answers === 'preen' && !needsPerson(code);
    const repaired = this.answers === 'yes' || preened;
    this.problems.push({ pass, code, text, repaired });
    return repaired;
  }

  /** Notes what nothing here can repair. */
  lament(pass: Problem['pass'], code: ProblemCode, text: string): void {
    this.problems.push({ pass, code, text, repaired: false });
  }

  inode(ino: number): Int32Array {
    const inode = new Int32Array(INODE_INTS);
    readInode(this.disk, this.layout, ino, inode);
    return inode;
  }

  store(ino: number, inode: Int32Array): void {
    writeInode(this.disk, this.layout, ino, inode);
  }

  /**
   * Every block of an inode, as e2fsck comes by them: what leads to itself more than once, nothing
   * in its place behind an indirect block that is none, and nothing at all where there can be no
   * blocks (`ext2fs_inode_has_valid_blocks`).
   */
  walk(inode: Int32Array, visit: Visit): void {
    if (hasBlocks(inode)) walkBlocks(this.disk, this.layout, inode, visit, AS_LIBEXT2FS);
  }

  isDirectory(ino: number): boolean {
    return this.directories.has(ino);
  }

  /** The first block that nobody claims, which is claimed now; 0: none. */
  takeBlock(): number {
    for (let block = this.layout.firstDataBlock; block < this.layout.blocksCount; block++) {
      if (this.claims[block] === 0 && block !== 0) {
        this.claims[block] = 1;
        return block;
      }
    }
    return 0;
  }

  /** The path of an inode as far as the tree can be read, else `???`. */
  pathOf(ino: number): string {
    if (ino === 0) return '<The NULL inode>';
    this.#paths ??= allPaths(this.disk, this.layout);
    return this.#paths.of(ino) ?? '???';
  }
}
