/**
 * A thread that has dirtied too many pages writes some itself and waits.
 *
 * Follows: mm/page-writeback.c of 2.6.25 `balance_dirty_pages`: `writeback_inodes` for a chunk of
 * pages, whichever inode they belong to; it goes on when it has written them or few enough are
 * dirty, and naps a tenth of a second before it looks again. A write() that is held up here holds
 * its file's i_mutex.
 * Leaves out: `bdi_writeout_fraction` (the only device has all of the limit), a wake-up by an end
 * of congestion.
 */
import type { DirtyBalance } from './dirty-balance.js';
import type { Thread } from '../files/ext2.js';
import type { Happening } from '../happening.js';
import { NAP } from './kswapd.js';
import { AT_ONCE, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { DONE, WAITS } from './page-writer.js';
import { STORED, type WritebackInodes } from './writeback-inodes.js';
import type { Agenda } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';
import type { Trace } from '../../sim/trace.js';

const LOOKS = 0;
const WRITES = 1;

const POINT = 0;
const WRITTEN = 1;

export class Throttle implements Operation {
  readonly #agenda: Agenda;
  readonly #thread: Thread;
  readonly #balance: DirtyBalance;
  readonly #writeback: WritebackInodes;
  readonly #trace: Trace<Happening>;
  readonly #now: Int32Array;

  constructor(
    agenda: Agenda,
    thread: Thread,
    balance: DirtyBalance,
    writeback: WritebackInodes,
    trace: Trace<Happening>,
    state: Bank,
  ) {
    this.#agenda = agenda;
    this.#thread = thread;
    this.#balance = balance;
    this.#writeback = writeback;
    this.#trace = trace;
    this.#now = state.i32(2);
  }

  step(): number {
    if (this.#now[POINT] === LOOKS) return this.#look();
    const progress = this.#writeback.step();
    switch (progress) {
      case WAITS:
        return WAITING;
      case DONE:
        return this.#wrote();
      case STORED:
        return PREEMPTIBLE;
      default:
        return AT_ONCE;
    }
  }

  #look(): number {
    if (!this.#balance.isExceeded()) return this.#end();
    this.#tell('balance_dirty_pages: writes pages itself');
    this.#writeback.start(this.#balance.chunk);
    this.#now[POINT] = WRITES;
    return AT_ONCE;
  }

  #wrote(): number {
    const now = this.#now;
    now[WRITTEN]! += this.#balance.chunk - this.#writeback.takeLeft();
    now[POINT] = LOOKS;
    const isDone = now[WRITTEN]! >= this.#balance.chunk;
    if (!this.#balance.isExceeded() || isDone) return this.#end();
    this.#tell('balance_dirty_pages: waits 100 ms');
    this.#agenda.arm(this.#thread.slot, NAP);
    return WAITING;
  }

  #end(): number {
    clearLocals(this.#now);
    this.#balance.paid(this.#thread.slot);
    return RETURNED;
  }

  #tell(what: string): void {
    if (!this.#trace.listening) return;
    this.#trace.tell({ kind: 'step', at: this.#agenda.now, actor: this.#thread.name, what });
  }
}
