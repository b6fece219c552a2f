/**
 * The agenda alone: HOLD (take the next, arm it again), beside a ring that keeps no order at all.
 */
import { millions, secondsOf, type Row } from './row.js';
import { Agenda } from '../src/sim/agenda.js';
import { arena } from '../src/sim/arena.js';
import { Door } from '../src/sim/door.js';
import { Fingerprint } from '../src/sim/fingerprint.js';
import { durationOf, instantOf } from '../src/sim/time.js';

const EVENTS = 4_000_000;
const END = instantOf(2 ** 52);

export function* agendaBench(): Generator<Row> {
  for (const pending of [16, 64]) {
    const ring = best(() => holdRing(pending));
    const agenda = best(() => holdAgenda(pending));
    yield {
      what: `agenda, ${pending} pending`,
      figure: millions(EVENTS / agenda),
      beside: `bare ring without order ${millions(EVENTS / ring)}; aim 10 M/s at 64`,
    };
  }
}

function best(run: () => void): number {
  return Math.min(...[1, 2, 3].map(() => secondsOf(run)));
}

function holdAgenda(pending: number): void {
  const { state, clock } = arena();
  const door = new Door('agenda', new Fingerprint());
  door.open({ choose: () => 0 });
  const agenda = new Agenda(pending, state, clock, door);
  const delays = delaysOf(4096);
  for (let slot = 0; slot < pending; slot++) agenda.arm(slot, durationOf(delays[slot]!));
  for (let n = 0; n < EVENTS; n++) agenda.arm(agenda.next(END), durationOf(delays[n & 4095]!));
}

function holdRing(pending: number): void {
  const due = new Float64Array(pending);
  const delays = delaysOf(4096);
  let now = 0;
  for (let n = 0; n < EVENTS; n++) {
    const slot = n % pending;
    now = Math.max(now, due[slot]!);
    due[slot] = now + delays[n & 4095]!;
  }
  if (now < 0) throw new Error('never');
}

function delaysOf(count: number): Float64Array {
  let x = 12345;
  return Float64Array.from({ length: count }, () => {
    x = (Math.imul(x, 1664525) + 1013904223) | 0;
    return (x >>> 8) & 0xffffff;
  });
}
