/** Kinds of damage that a crash, a stale leg or an unlucky bit leaves on an image. */
import { freeBlock } from '../../src/ext2/allocate.js';
import { dropBit, takeBit } from '../../src/ext2/bitmap.js';
import { isDataBlock, setPointer } from '../../src/ext2/blockmap.js';
import { writeU16, writeU32, writeU8 } from '../../src/ext2/block-bytes.js';
import { adjustFreeBlocks, adjustFreeInodes } from '../../src/ext2/descriptors.js';
import { addEntry, entriesIn, removeEntry } from '../../src/ext2/directory.js';
import * as field from '../../src/ext2/inodes.js';
import { type Layout, ROOT_INO } from '../../src/ext2/layout.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { type NamedFile, blocksOf, inodeOf, listFiles } from '../../src/ext2/tree.js';
import type { MutableSectors } from '../../src/media/sectors.js';

type Pick = (bound: number) => number;
export type Damage = (disk: MutableSectors, layout: Layout, pick: Pick) => void;

function someFile(disk: MutableSectors, layout: Layout, pick: Pick): NamedFile | undefined {
  // An entry that was damaged before may name a reserved inode; fsck looks at those less closely.
  const files = listFiles(disk, layout).filter((file) => !file.directory && file.ino > FIRST_INO);
  return files[pick(Math.max(files.length, 1))];
}

/** Changes one inode of a file. */
function inInode(change: (inode: Int32Array, layout: Layout, pick: Pick) => void): Damage {
  return (disk, layout, pick) => {
    const file = someFile(disk, layout, pick);
    if (file === undefined) return;
    const inode = inodeOf(disk, layout, file.ino);
    change(inode, layout, pick);
    field.writeInode(disk, layout, file.ino, inode);
  };
}

/** Changes the inode of the root. */
function inRootInode(change: (inode: Int32Array, pick: Pick) => void): Damage {
  return (disk, layout, pick) => {
    const inode = inodeOf(disk, layout, ROOT_INO);
    change(inode, pick);
    field.writeInode(disk, layout, ROOT_INO, inode);
  };
}

/** Changes a block of the root directory at one of its entries, `.` and `..` among them. */
function inRoot(
  change: (disk: MutableSectors, layout: Layout, block: number, at: number, pick: Pick) => void,
): Damage {
  return (disk, layout, pick) => {
    const blocks = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    const block = blocks[pick(blocks.length)] ?? 0;
    const entries = entriesIn(disk, layout, block);
    const entry = entries[pick(Math.max(entries.length, 1))];
    if (entry !== undefined) change(disk, layout, block, entry.offset, pick);
  };
}

/** The first pointers of lost+found. */
function beginWith(disk: MutableSectors, layout: Layout, count: number, block: number): void {
  const inode = inodeOf(disk, layout, FIRST_INO);
  inode.fill(block, field.INODE_BLOCK, field.INODE_BLOCK + count);
  field.writeInode(disk, layout, FIRST_INO, inode);
}

export const DAMAGES: Readonly<Record<string, Damage>> = {
  'a block bitmap bit is set': (disk, layout, pick) => {
    const group = pick(layout.groupCount);
    const first = layout.sectorOfBlock(layout.blockBitmapOf(group));
    takeBit(disk, first, pick(layout.blocksOf(group)));
  },
  'a block bitmap bit is cleared': (disk, layout, pick) => {
    freeBlock(disk, layout, layout.firstDataBlock + pick(layout.blocksCount - 2));
  },
  'padding of a block bitmap is cleared': (disk, layout) => {
    const last = layout.groupCount - 1;
    const first = layout.sectorOfBlock(layout.blockBitmapOf(last));
    dropBit(disk, first, layout.blockBytes * 8 - 1);
  },
  'padding of an inode bitmap is cleared': (disk, layout) => {
    dropBit(disk, layout.sectorOfBlock(layout.inodeBitmapOf(0)), layout.blockBytes * 8 - 3);
  },
  'an inode bitmap bit is set': (disk, layout, pick) => {
    const first = layout.sectorOfBlock(layout.inodeBitmapOf(0));
    takeBit(disk, first, pick(layout.inodesPerGroup));
  },
  'an inode bitmap bit is cleared': (disk, layout, pick) => {
    const first = layout.sectorOfBlock(layout.inodeBitmapOf(0));
    dropBit(disk, first, pick(layout.inodesPerGroup));
  },
  'free blocks are miscounted': (disk, layout, pick) => {
    adjustFreeBlocks(disk, layout, pick(layout.groupCount), pick(5) - 2);
  },
  'free inodes are miscounted': (disk, layout, pick) => {
    adjustFreeInodes(disk, layout, pick(layout.groupCount), pick(5) - 2, pick(3) - 1);
  },
  'i_blocks is wrong': inInode((inode, _layout, pick) => {
    inode[field.INODE_SECTORS] = pick(20);
  }),
  'i_size is wrong': inInode((inode, _layout, pick) => {
    inode[field.INODE_SIZE] = pick(40_000);
  }),
  'the last block lies just behind the end': inInode((inode, layout) => {
    const size = inode[field.INODE_SIZE] ?? 0;
    inode[field.INODE_SIZE] = Math.floor((size - 1) / layout.blockBytes) * layout.blockBytes;
  }),
  'a file is said to have 2 GiB': inInode((inode) => {
    inode[field.INODE_SIZE] = 2 ** 31;
  }),
  'links are wrong': inInode((inode, _layout, pick) => {
    inode[field.INODE_LINKS] = pick(4);
  }),
  'an inode in use has a time of deletion': inInode((inode, _layout, pick) => {
    inode[field.INODE_DTIME] = pick(2) === 0 ? 3 : 1_207_000_000;
  }),
  'an inode has no mode': inInode((inode) => {
    inode[field.INODE_MODE] = 0;
  }),
  'an inode has a strange mode': inInode((inode) => {
    inode[field.INODE_MODE] = 0x91a4;
  }),
  'a reserved inode is full of something': (disk, layout, pick) => {
    const ino = [5, 6, 9, 10][pick(4)]!;
    const inode = inodeOf(disk, layout, ino);
    const modes = [0, field.MODE_REGULAR | 0o644, 0xffff, 0x91a4];
    inode[field.INODE_MODE] = modes[pick(modes.length)]!;
    inode[field.INODE_SECTORS] = pick(20);
    for (let i = 0; i < 15; i++) {
      const legal = layout.firstDataBlock + pick(layout.blocksCount - 2) + 1;
      inode[field.INODE_BLOCK + i] = [0, legal, layout.blocksCount + pick(1000)][pick(3)]!;
    }
    field.writeInode(disk, layout, ino, inode);
  },
  'an inode is gone': inInode((inode) => {
    inode.fill(0);
  }),
  'a pointer is illegal': inInode((inode, layout, pick) => {
    inode[field.INODE_BLOCK + pick(13)] = layout.blocksCount + pick(1000);
  }),
  'all pointers are illegal': inInode((inode, layout) => {
    inode.fill(layout.blocksCount + 5, field.INODE_BLOCK, field.INODE_BLOCK + 12);
  }),
  'a pointer is lost': inInode((inode, _layout, pick) => {
    inode[field.INODE_BLOCK + pick(13)] = 0;
  }),
  'a pointer claims some block': inInode((inode, layout, pick) => {
    inode[field.INODE_BLOCK + pick(12)] = layout.firstDataBlock + pick(layout.blocksCount - 2) + 1;
  }),
  'an indirect pointer claims some block': inInode((inode, layout, pick) => {
    inode[field.INODE_BLOCK + 12] = layout.firstDataBlock + pick(layout.blocksCount - 2) + 1;
  }),
  'an indirect block points elsewhere': (disk, layout, pick) => {
    const files = listFiles(disk, layout).filter((file) => file.size > 13 * layout.blockBytes);
    const file = files[pick(Math.max(files.length, 1))];
    if (file === undefined) return;
    const indirect = inodeOf(disk, layout, file.ino)[field.INODE_BLOCK + 12] ?? 0;
    // An earlier damage may have led to nowhere.
    if (!isDataBlock(layout, indirect)) return;
    setPointer(disk, layout, indirect, pick(4), pick(layout.blocksCount * 2));
  },
  'an indirect block leads to itself': (disk, layout, pick) => {
    const file = someFile(disk, layout, pick);
    if (file === undefined) return;
    const inode = inodeOf(disk, layout, file.ino);
    const indirect = layout.firstDataBlock + layout.blocksCount - 20;
    inode[field.INODE_BLOCK + 13] = indirect;
    for (let i = 0; i < 3; i++) setPointer(disk, layout, indirect, i, indirect + pick(4));
    setPointer(disk, layout, indirect, 3, indirect);
    field.writeInode(disk, layout, file.ino, inode);
  },
  'indirect blocks lead here and there': (disk, layout, pick) => {
    const file = someFile(disk, layout, pick);
    if (file === undefined) return;
    const inode = inodeOf(disk, layout, file.ino);
    const first = layout.firstDataBlock + layout.blocksCount - 20;
    const somewhere = (): number =>
      [0, first + 4 + pick(8), layout.blocksCount + pick(1000)][pick(3)]!;
    for (let table = first; table < first + 4; table++) {
      for (let i = 0; i < 5; i++) setPointer(disk, layout, table, i, somewhere());
    }
    for (let level = 0; level < 3; level++) {
      inode[field.INODE_BLOCK + 12 + level] = pick(2) === 0 ? first + pick(4) : somewhere();
    }
    field.writeInode(disk, layout, file.ino, inode);
  },
  'the root is gone': inRootInode((inode) => {
    inode.fill(0);
  }),
  'the root is no directory': inRootInode((inode, pick) => {
    inode[field.INODE_MODE] = [0, field.MODE_REGULAR | 0o644, 0x91a4][pick(3)]!;
    inode[field.INODE_LINKS] = pick(3);
  }),
  'the root has a time of deletion': inRootInode((inode) => {
    inode[field.INODE_DTIME] = 1_207_000_000;
  }),
  'the root has no block': inRootInode((inode) => {
    inode.fill(0, field.INODE_BLOCK);
  }),
  'lost+found begins with a hole': (disk, layout, pick) => {
    beginWith(disk, layout, 1 + pick(12), 0);
  },
  'lost+found has no block that is legal': (disk, layout) => {
    beginWith(disk, layout, 12, layout.blocksCount);
  },
  'an entry is lost': inRoot((disk, layout, block, at) => {
    removeEntry(disk, layout, block, at);
  }),
  'an entry names another inode': inRoot((disk, layout, block, at, pick) => {
    writeU32(disk, layout, block, at, pick(2) === 0 ? pick(30) : layout.inodesCount + pick(9));
  }),
  'an entry has another type': inRoot((disk, layout, block, at, pick) => {
    writeU8(disk, layout, block, at + 7, pick(4));
  }),
  'an entry has an impossible length': inRoot((disk, layout, block, at, pick) => {
    writeU16(disk, layout, block, at + 4, pick(2) === 0 ? pick(2000) : pick(300) * 4);
  }),
  'an entry without a name names some inode': inRoot((disk, layout, block, at, pick) => {
    writeU8(disk, layout, block, at + 6, 0);
    writeU32(disk, layout, block, at, FIRST_INO + 1 + pick(layout.inodesCount - FIRST_INO));
  }),
  'a name stands twice': inRoot((disk, layout, block, at, pick) => {
    const entry = entriesIn(disk, layout, block).find(({ offset }) => offset === at);
    const other = someFile(disk, layout, pick);
    if (entry === undefined || other === undefined) return;
    const ino = pick(2) === 0 ? entry.ino : other.ino;
    const blocks = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    addEntry(disk, layout, blocks, blocks.length, entry.name, ino, entry.type);
  }),
  'a name has strange bytes': inRoot((disk, layout, block, at, pick) => {
    writeU8(disk, layout, block, at + 8, pick(2) * 0x2f);
  }),
};
