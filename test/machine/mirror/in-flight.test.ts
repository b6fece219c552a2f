import { describe, expect, it } from 'vitest';
import { BlockSums } from '../../../src/machine/mirror/block-sums.js';
import { InFlight } from '../../../src/machine/mirror/in-flight.js';
import { PrivateCopies } from '../../../src/machine/mirror/private-copies.js';
import { WriteLatency } from '../../../src/machine/mirror/write-latency.js';
import { geometryOf } from '../../../src/media/geometry.js';
import { Requests } from '../../../src/media/requests.js';
import { Agenda } from '../../../src/sim/agenda.js';
import { arena } from '../../../src/sim/arena.js';
import { instantOf } from '../../../src/sim/time.js';
import { Answers, doorTo } from '../../sim/answers.js';

/** Two regions of a page, one write of the first. */
function bench(copiesAll: boolean) {
  const banks = arena();
  const memory = new Int32Array(16);
  const requests = new Requests(4, banks.state);
  const read = { requests, memory, sectorsPerBlock: 2 };
  const copies = new PrivateCopies({ ...read, copies: new Int32Array(16), from: 0 }, banks);
  const sums = new BlockSums({ ...read, geometry: geometryOf(16, 8, 2) }, banks);
  const latency = new WriteLatency(4, banks.meters);
  const agenda = new Agenda(1, banks.state, banks.clock, doorTo(new Answers()));
  const inFlight = new InFlight({ latency, copies, copiesAll, sums, agenda });
  const request = requests.take(0, 8, 1);
  return { memory, requests, copies, latency, agenda, inFlight, request };
}

describe('a write in flight', () => {
  it('is timed, summed and copied from its submission on, where all are copied', () => {
    const { memory, requests, copies, latency, agenda, inFlight, request } = bench(true);
    agenda.next(instantOf(100));
    inFlight.submitted(request);
    expect(requests.copy[request]).toBeGreaterThan(0);
    memory[3] = 1;
    agenda.next(instantOf(109));
    inFlight.completed(request);
    expect(requests.copy[request]).toBe(0);
    expect([inFlight.hasChanged(0), inFlight.hasChanged(1)]).toEqual([true, false]);
    expect([latency.percentile(50), copies.copiedBytes]).toEqual([9, 4096]);
  });

  it('is not copied when it is submitted where stores make the copy, but its copy goes with it', () => {
    const { requests, copies, inFlight, request } = bench(false);
    inFlight.submitted(request);
    expect(requests.copy[request]).toBe(0);
    copies.beforeStore(request, 1);
    expect(requests.copy[request]).toBeGreaterThan(0);
    inFlight.completed(request);
    expect(requests.copy[request]).toBe(0);
  });

  it('has not changed where nobody sums', () => {
    const { latency, agenda, request } = bench(false);
    const plain = new InFlight({
      latency,
      copies: undefined,
      copiesAll: false,
      sums: undefined,
      agenda,
    });
    plain.submitted(request);
    plain.completed(request);
    expect(plain.hasChanged(0)).toBe(false);
  });
});
