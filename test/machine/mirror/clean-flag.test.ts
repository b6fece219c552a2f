import { describe, expect, it } from 'vitest';
import { CleanFlag } from '../../../src/machine/mirror/clean-flag.js';
import { geometryOf } from '../../../src/media/geometry.js';
import { bufferIn } from '../../../src/media/record-buffer.js';
import { recordFormat } from '../../../src/media/record.js';
import { Agenda, NOTHING_DUE } from '../../../src/sim/agenda.js';
import { arena } from '../../../src/sim/arena.js';
import { instantOf } from '../../../src/sim/time.js';
import { SAFEMODE_DELAY } from '../../../src/strategies/md-bitmap.js';
import { Answers, doorTo } from '../../sim/answers.js';

const FLAG = 0;
const KMIRRORD = 1;
const MS = 1e6;

/** md's flag over a record of its own; kmirrord passes whenever it is woken. */
class Bench {
  readonly #banks = arena();
  readonly record = bufferIn(this.#banks.state, recordFormat('md', geometryOf(80, 8, 2)));
  readonly agenda = new Agenda(2, this.#banks.state, this.#banks.clock, doorTo(new Answers()));
  readonly flag: CleanFlag;
  readonly cleanAt: number[] = [];

  constructor(after: 'soon' | 'never' = 'soon') {
    const slots = { flag: FLAG, kmirrord: KMIRRORD };
    const delay = after === 'soon' ? SAFEMODE_DELAY : undefined;
    this.flag = new CleanFlag(this.record, delay, this.agenda, slots, this.#banks.state);
    this.record.reset(true);
    this.agenda.idle(KMIRRORD);
  }

  begin(): void {
    this.flag.writeBegins();
    this.flag.beforeWrites();
  }

  runTo(ms: number): void {
    const end = instantOf(ms * MS);
    for (let slot = this.agenda.next(end); slot !== NOTHING_DUE; slot = this.agenda.next(end)) {
      if (slot === FLAG) this.flag.step();
      else this.pass();
    }
  }

  isClean(): boolean {
    return !this.record.isActive;
  }

  pass(): void {
    const was = this.record.isActive;
    this.flag.beforeClears();
    if (was && this.isClean()) this.cleanAt.push(this.agenda.now / MS);
    this.agenda.idle(KMIRRORD);
  }
}

describe('the flag of an array', () => {
  it('is active from the first write on, and clean 204 ms after the last one', () => {
    const bench = new Bench();
    expect(bench.record.isActive).toBe(false);
    bench.begin();
    expect(bench.record.isActive).toBe(true);
    bench.runTo(1000);
    expect(bench.cleanAt).toEqual([]);
    bench.flag.writeEnds();
    bench.runTo(1203);
    expect(bench.record.isActive).toBe(true);
    bench.runTo(5000);
    expect(bench.cleanAt).toEqual([1204]);
  });

  it('counts writes: it is the last one to complete that matters', () => {
    const bench = new Bench();
    bench.begin();
    bench.begin();
    bench.flag.writeEnds();
    bench.runTo(1000);
    expect(bench.cleanAt).toEqual([]);
    bench.flag.writeEnds();
    bench.runTo(2000);
    expect(bench.cleanAt).toEqual([1204]);
  });

  it('stays active when a write comes 203 ms after the last one', () => {
    const bench = new Bench();
    bench.begin();
    bench.flag.writeEnds();
    bench.runTo(203);
    bench.begin();
    bench.runTo(300);
    expect(bench.agenda.isArmed(FLAG)).toBe(false);
    bench.flag.writeEnds();
    bench.runTo(5000);
    expect(bench.cleanAt).toEqual([504]);
  });

  it('stays active when a write comes after the time, but before kmirrord has passed', () => {
    const bench = new Bench();
    bench.begin();
    bench.flag.writeEnds();
    bench.agenda.next(instantOf(204 * MS));
    bench.flag.step();
    bench.flag.writeBegins();
    bench.runTo(1000);
    expect(bench.cleanAt).toEqual([]);
  });

  it('becomes clean once: a pass with nothing to say writes nothing', () => {
    const bench = new Bench();
    bench.begin();
    bench.flag.writeEnds();
    bench.runTo(300);
    bench.record.takeTouched();
    bench.pass();
    expect(bench.record.takeTouched()).toBe(false);
  });

  it('stays for ever where no time was given', () => {
    const bench = new Bench('never');
    bench.begin();
    bench.flag.writeEnds();
    bench.runTo(100_000);
    expect(bench.record.isActive).toBe(true);
    expect(bench.agenda.isArmed(FLAG)).toBe(false);
  });
});
