/**
 * Requests for pages and buffers: cut where the mirror wants them cut, and counted.
 *
 * Follows: fs/buffer.c of 2.6.25 `submit_bh`; drivers/md/dm.c `split_io`: no request crosses a
 * region.
 */
import type { Happening } from '../happening.js';
import type { Memory } from './memory.js';
import type { Mirror } from '../mirror/mirror.js';
import { PAGE_WRITE } from '../purpose.js';
import { WriteVolume } from './write-volume.js';
import { SECTOR_BYTES } from '../../media/geometry.js';
import type { Requests } from '../../media/requests.js';
import type { Agenda } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';
import type { Trace } from '../../sim/trace.js';

/** The largest request: 512 KiB (BLK_DEF_MAX_SECTORS of 2.6.25). */
export const MOST_REQUEST_SECTORS = 1024;

export interface PageRequestsParts {
  readonly inodes: number;
  readonly regionSectors: number;
  readonly memory: Memory;
  readonly requests: Requests;
  readonly mirror: Mirror;
  readonly agenda: Agenda;
  readonly trace: Trace<Happening>;
}

export class PageRequests {
  readonly #parts: PageRequestsParts;
  /** Under way for the pages of an inode. */
  readonly #requestsOf: Int32Array;
  readonly volume: WriteVolume;

  constructor(parts: PageRequestsParts, arena: Arena) {
    this.#parts = parts;
    this.#requestsOf = arena.state.i32(parts.inodes);
    this.volume = new WriteVolume(arena.meters);
  }

  areUnderWay(inode: number): boolean {
    return this.#requestsOf[inode]! > 0;
  }

  /** One has ended; true: it was the inode's last. */
  ended(inode: number): boolean {
    return --this.#requestsOf[inode]! === 0;
  }

  /**
   * `actor` hands locked buffers that stand side by side to the mirror, cut at regions and at the
   * largest request.
   */
  submit(actor: string, inode: number, block: number, blocks: number): void {
    const { requests, memory, mirror, regionSectors, trace, agenda } = this.#parts;
    const { sectorsPerBlock } = memory;
    let sector = block * sectorsPerBlock;
    const end = (block + blocks) * sectorsPerBlock;
    this.volume.add(actor, (end - sector) * SECTOR_BYTES);
    while (sector < end) {
      const regionEnd = (Math.floor(sector / regionSectors) + 1) * regionSectors;
      const upTo = Math.min(end, regionEnd, sector + MOST_REQUEST_SECTORS);
      const request = requests.take(sector, upTo - sector, PAGE_WRITE);
      const first = sector / sectorsPerBlock;
      requests.owner[request] = inode;
      this.#requestsOf[inode]!++;
      memory.writeBegins(first, (upTo - sector) / sectorsPerBlock, request);
      if (trace.listening) {
        const range = { sector, sectors: upTo - sector };
        trace.tell({ kind: 'submitted', at: agenda.now, actor, request, ...range });
      }
      mirror.submit(request);
      sector = upTo;
    }
  }
}
