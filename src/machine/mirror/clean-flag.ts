/**
 * md's flag for the whole array: active before the first write, clean again when no write has been
 * in flight for a while.
 *
 * Follows: drivers/md/md.c of 2.6.25 `md_write_start`, `md_write_end`, `md_safemode_timeout`;
 * `safemode_delay` is 200 ms and a jiffy. In every kernel since, a clean superblock makes the load
 * ignore the bitmap (docs/model.md).
 */
import type { RecordBuffer } from '../../media/record-buffer.js';
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Duration } from '../../sim/time.js';

const IN_FLIGHT = 0;
const IDLE_LONG = 1;

export class CleanFlag implements Task {
  readonly #record: RecordBuffer;
  readonly #after: Duration | undefined;
  readonly #agenda: Agenda;
  readonly #slot: Slot;
  readonly #kmirrord: Slot;
  readonly #now: Int32Array;

  /** `after` undefined: a flag that is set once stays. */
  constructor(
    record: RecordBuffer,
    after: Duration | undefined,
    agenda: Agenda,
    slots: { readonly flag: Slot; readonly kmirrord: Slot },
    state: Bank,
  ) {
    this.#record = record;
    this.#after = after;
    this.#agenda = agenda;
    this.#slot = slots.flag;
    this.#kmirrord = slots.kmirrord;
    this.#now = state.i32(2);
  }

  /** Whether the next pass of kmirrord makes the array clean. */
  get isDue(): boolean {
    return this.#now[IDLE_LONG] === 1;
  }

  /** `md_write_start`; the write goes on when the superblock says so. */
  writeBegins(): void {
    if (this.#after === undefined) return;
    if (this.#now[IN_FLIGHT]!++ > 0) return;
    this.#now[IDLE_LONG] = 0;
    this.#agenda.disarm(this.#slot);
  }

  /** `md_write_end`. */
  writeEnds(): void {
    if (this.#after === undefined || --this.#now[IN_FLIGHT]! > 0) return;
    this.#agenda.arm(this.#slot, this.#after);
  }

  /** `md_safemode_timeout`. */
  step(): void {
    this.#now[IDLE_LONG] = 1;
    this.#agenda.wake(this.#kmirrord);
  }

  /** The pass of kmirrord that writes what has become clean. */
  beforeClears(): void {
    if (this.#now[IDLE_LONG] === 0) return;
    this.#now[IDLE_LONG] = 0;
    this.#record.setActive(false);
  }

  /** The pass that is about to write to the legs. */
  beforeWrites(): void {
    this.#record.setActive(true);
  }
}
