/** Where blocks are taken: an empty file system with some open files. */
import { TAKEN, TAKEN_GROUP, takeBlocks } from '../../src/ext2/allocate.js';
import { dropBit, takeBit, testBit } from '../../src/ext2/bitmap.js';
import { adjustFreeBlocks, freeBlocksOf } from '../../src/ext2/descriptors.js';
import type { Layout } from '../../src/ext2/layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { Reservations, WINDOW_INTS } from '../../src/ext2/reservations.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

export class Stage {
  readonly disk: DenseSectors;
  readonly layout: Layout;
  readonly state: Int32Array;
  readonly windows: Reservations;
  readonly out = new Int32Array(2);

  constructor(blockBytes: number, blocks: number, slots = 4) {
    this.disk = new DenseSectors(new SectorPool(), (blocks * blockBytes) / 512);
    this.layout = mkfs(this.disk, { blockBytes, blocks });
    this.state = new Int32Array(slots * WINDOW_INTS);
    this.windows = new Reservations(this.state);
    for (let slot = 0; slot < slots; slot++) this.windows.open(slot);
  }

  /** Takes and counts, as the kernel does. */
  take(slot: number, goal: number, want = 1): number {
    const block = takeBlocks(this.disk, this.layout, this.windows, slot, goal, want, this.out);
    if (block !== 0) {
      adjustFreeBlocks(this.disk, this.layout, this.out[TAKEN_GROUP]!, -this.out[TAKEN]!);
    }
    return block;
  }

  /** As the descriptor counts. */
  fill(group: number): void {
    adjustFreeBlocks(this.disk, this.layout, group, -freeBlocksOf(this.disk, this.layout, group));
  }

  isTaken(block: number): boolean {
    const group = this.layout.groupOfBlock(block);
    const first = this.layout.sectorOfBlock(this.layout.blockBitmapOf(group));
    return testBit(this.disk, first, this.layout.bitOfBlock(block));
  }

  mark(block: number, taken: boolean): void {
    const group = this.layout.groupOfBlock(block);
    const first = this.layout.sectorOfBlock(this.layout.blockBitmapOf(group));
    if (taken) takeBit(this.disk, first, this.layout.bitOfBlock(block));
    else dropBit(this.disk, first, this.layout.bitOfBlock(block));
  }

  overlapping(): boolean {
    const open = [...Array(this.windows.slots).keys()].filter((s) => !this.windows.isEmpty(s));
    const starts = open.sort((a, b) => this.windows.start(a) - this.windows.start(b));
    return starts.some((slot, i) => {
      const next = starts[i + 1];
      return next !== undefined && this.windows.end(slot) >= this.windows.start(next);
    });
  }
}
