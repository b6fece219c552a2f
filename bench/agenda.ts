/**
 * The agenda alone. HOLD takes the next and arms it again; M/M/1 is a queue before one server, of
 * which each customer arrives and leaves.
 */
import { shareOf, type Bench, type Effort, type Figure } from './line.js';
import { inTurn, median, secondsOf } from './measure.js';
import { simpy } from './program.js';
import { Agenda } from '../src/sim/agenda.js';
import { arena } from '../src/sim/arena.js';
import { Door } from '../src/sim/door.js';
import { Fingerprint } from '../src/sim/fingerprint.js';
import { durationOf, instantOf } from '../src/sim/time.js';

const EVENTS = 4_000_000;
const CUSTOMERS = 2_000_000;
/** SimPy is slower by an order of magnitude, and its rate does not depend on how long it runs. */
const SIMPY_EVENTS = 300_000;
const SIMPY_CUSTOMERS = 100_000;
const END = instantOf(2 ** 52);
const RING = 'bare ring without order';

export const agendaBench: Bench = {
  lines: [
    { what: 'agenda, HOLD, 16 pending', unit: 'M events/s', beside: RING },
    {
      what: 'agenda, HOLD, 64 pending',
      unit: 'M events/s',
      beside: RING,
      aim: { of: 'ours', least: 10 },
    },
    { what: 'agenda, HOLD, 64 pending', unit: 'M events/s', beside: 'SimPy, HOLD' },
    { what: 'agenda, M/M/1', unit: 'M customers/s', beside: 'SimPy, M/M/1' },
  ],
  measure(effort) {
    const [few, many] = [heldBesideRing(16, effort), heldBesideRing(64, effort)];
    const hold = simpy('hold', 64, shareOf(SIMPY_EVENTS, effort));
    const queue = simpy('queue', 1, shareOf(SIMPY_CUSTOMERS, effort));
    const customers = shareOf(CUSTOMERS, effort);
    const queued = Array.from({ length: effort.times }, () => secondsOf(() => queueOf(customers)));
    return [
      few,
      many,
      { ours: many.ours, theirs: inMillions(hold) },
      { ours: customers / median(queued) / 1e6, theirs: inMillions(queue) },
    ];
  },
};

function inMillions(theirs: Figure['theirs']): Figure['theirs'] {
  return typeof theirs === 'number' ? theirs / 1e6 : theirs;
}

function heldBesideRing(pending: number, effort: Effort): Figure {
  const events = shareOf(EVENTS, effort);
  const { ours, theirs } = inTurn(
    effort.times,
    () => secondsOf(() => holdAgenda(pending, events)),
    () => secondsOf(() => holdRing(pending, events)),
  );
  return { ours: events / ours / 1e6, theirs: events / theirs / 1e6 };
}

function agendaOf(slots: number): Agenda {
  const { state, clock } = arena();
  const door = new Door('agenda', new Fingerprint());
  door.open({ choose: () => 0 });
  return new Agenda(slots, state, clock, door);
}

function holdAgenda(pending: number, events: number): void {
  const agenda = agendaOf(pending);
  const delays = delaysOf(4096);
  for (let slot = 0; slot < pending; slot++) agenda.arm(slot, durationOf(delays[slot]!));
  for (let n = 0; n < events; n++) agenda.arm(agenda.next(END), durationOf(delays[n & 4095]!));
}

function holdRing(pending: number, events: number): void {
  const due = new Float64Array(pending);
  const delays = delaysOf(4096);
  let now = 0;
  for (let n = 0; n < events; n++) {
    const slot = n % pending;
    now = Math.max(now, due[slot]!);
    due[slot] = now + delays[n & 4095]!;
  }
  if (now < 0) throw new Error('never');
}

/** Slot 0 is the next to arrive, slot 1 the one that is served; the others are a number. */
function queueOf(customers: number): void {
  const agenda = agendaOf(2);
  const delays = delaysOf(4096);
  let [arrived, left, waiting] = [0, 0, 0];
  const serve = (): void => agenda.arm(1, durationOf(delays[(left * 7 + 3) & 4095]!));
  agenda.arm(0, durationOf(delays[0]!));
  while (left < customers) {
    if (agenda.next(END) === 0) {
      if (++waiting === 1) serve();
      if (++arrived < customers)
        agenda.arm(0, durationOf(Math.ceil(1.25 * delays[arrived & 4095]!)));
    } else {
      left++;
      if (--waiting > 0) serve();
    }
  }
}

function delaysOf(count: number): Float64Array {
  let x = 12345;
  return Float64Array.from({ length: count }, () => {
    x = (Math.imul(x, 1664525) + 1013904223) | 0;
    return (x >>> 8) & 0xffffff;
  });
}
