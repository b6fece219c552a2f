import { describe, expect, it } from 'vitest';
import { latencyModel } from '../../src/media/latency.js';
import { READS_FROM } from '../../src/media/leg.js';
import { durationOf } from '../../src/sim/time.js';
import { Answers } from '../sim/answers.js';
import { ToyMachine, drive } from './toy-machine.js';

const OLD = [9, 10, 11, 12];

/** Sectors 8 to 11 on one leg: sampled at 100, 110, 120, 130; durable at 150, 160, 170, 180. */
function oneWrite(answers = new Answers()): ToyMachine {
  const machine = new ToyMachine({ drives: [drive(100, 10, 50)], answers });
  machine.write(8, 4);
  return machine;
}

function storeAll(machine: ToyMachine, value: number): void {
  for (let sector = 8; sector < 12; sector++) machine.store(sector, value);
}

describe('a leg', () => {
  it('refuses a request that is longer than what it can keep aside', () => {
    const machine = new ToyMachine({ drives: [drive(100, 10, 50)] });
    expect(() => {
      machine.write(0, 5000);
    }).toThrow(/request 1 has more than \d+ sectors/);
  });
});

describe('a store to a page under write', () => {
  it('is written when it comes before the sample', () => {
    const machine = oneWrite();
    machine.runTo(99);
    machine.store(8, 77);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual([77, 10, 11, 12]);
  });

  it('is not written when it comes after the sample, and memory has it all the same', () => {
    const machine = oneWrite();
    machine.runTo(101);
    machine.store(8, 77);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual(OLD);
    expect(machine.memory[8]).toBe(77);
    expect(machine.answers.heard).toEqual([]);
  });

  it.each([
    { answer: 0, sampledFirst: 'no', onDisk: 77 },
    { answer: 1, sampledFirst: 'yes', onDisk: 9 },
  ])('is a choice when it comes exactly at the sample: $sampledFirst', ({ answer, onDisk }) => {
    const machine = oneWrite(new Answers(answer));
    machine.runTo(100);
    machine.store(8, 77);
    expect(machine.answers.heard).toEqual([{ what: 'sampled before store', bound: 2 }]);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual([onDisk, 10, 11, 12]);
  });

  it('reaches the sectors that are sampled after it, one by one', () => {
    const machine = oneWrite();
    machine.runTo(115);
    storeAll(machine, 77);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual([9, 10, 77, 77]);
  });

  it('leaves aside what was sampled first, however often the sector changes after that', () => {
    const machine = oneWrite();
    machine.runTo(105);
    machine.store(8, 77);
    machine.runTo(115);
    machine.store(8, 78);
    machine.store(9, 79);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual(OLD);
  });

  it('leaves aside the changed sector alone: the others are still what memory holds at their sample', () => {
    const machine = oneWrite();
    machine.runTo(105);
    machine.store(8, 77);
    machine.store(9, 78);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual([9, 78, 11, 12]);
  });

  it('changes nothing of a sector that is durable already', () => {
    const machine = oneWrite();
    machine.runTo(155);
    machine.settle();
    machine.store(8, 77);
    expect(machine.durable(0, 8, 12)).toEqual([9, 0, 0, 0]);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual(OLD);
    machine.write(8, 4);
    machine.runTo(2000);
    expect(machine.durable(0, 8, 12)).toEqual([77, 10, 11, 12]);
  });

  it('makes two legs differ that sample at different times', () => {
    const machine = new ToyMachine({ drives: [drive(300, 10, 50), drive(100, 10, 50)] });
    machine.write(8, 4);
    machine.runTo(200);
    machine.store(9, 77);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual([9, 77, 11, 12]);
    expect(machine.durable(1, 8, 12)).toEqual(OLD);
  });

  it('leaves nothing behind for the next write', () => {
    const machine = oneWrite();
    machine.runTo(115);
    storeAll(machine, 77);
    machine.runTo(1000);
    machine.write(8, 4);
    machine.runTo(2000);
    expect(machine.durable(0, 8, 12)).toEqual([77, 77, 77, 77]);
  });

  it('that waits in the queue is written: nothing of it was sampled', () => {
    const machine = oneWrite();
    machine.write(16, 4);
    machine.runTo(170);
    machine.store(16, 77);
    machine.runTo(1000);
    expect(machine.durable(0, 16, 20)).toEqual([77, 18, 19, 20]);
  });
});

describe('a private copy', () => {
  it('is written whatever happens to memory, and no store is asked about', () => {
    const machine = new ToyMachine({ drives: [drive(100, 10, 50)], answers: new Answers(1, 1) });
    machine.copies.set([201, 202, 203, 204], 20);
    machine.write(8, 4, 20);
    machine.runTo(100);
    storeAll(machine, 77);
    machine.runTo(125);
    storeAll(machine, 78);
    machine.runTo(1000);
    expect(machine.durable(0, 8, 12)).toEqual([201, 202, 203, 204]);
    expect(machine.answers.heard).toEqual([]);
  });
});

describe('whether a leg has sampled a sector', () => {
  it('is told by time: not before, not at, but after its sample', () => {
    const machine = oneWrite();
    const samples = [99, 110, 111].map((now) => {
      machine.runTo(now);
      return [8, 9, 10].map((sector) => machine.legs[0]!.hasSampled(1, sector));
    });
    expect(samples).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
    ]);
  });

  it('is what was decided, once a tie was decided', () => {
    const machine = oneWrite(new Answers(1));
    machine.runTo(100);
    machine.store(8, 77);
    expect(machine.legs[0]!.hasSampled(1, 8)).toBe(true);
  });

  it('is no for a write that waits, and yes for one that is done on this leg', () => {
    const machine = new ToyMachine({ drives: [drive(100, 10, 50), drive(900, 10, 50)] });
    machine.write(8, 4);
    machine.write(16, 4);
    machine.runTo(180);
    const sampled = machine.legs.map((leg) => [leg.hasSampled(1, 11), leg.hasSampled(2, 16)]);
    expect(sampled).toEqual([
      [true, false],
      [false, false],
    ]);
  });
});

describe('a request', () => {
  it('draws two latencies when its service starts', () => {
    const range = latencyModel({ kind: 'uniform', from: durationOf(0), to: durationOf(99) });
    const answers = new Answers(40, 7);
    const drives = [{ firstSample: range, sectorTime: durationOf(10), durable: range }];
    const machine = new ToyMachine({ drives, answers });
    machine.write(8, 2);
    expect(answers.heard).toEqual([
      { what: 'first sample', bound: 100 },
      { what: 'durable', bound: 100 },
    ]);
    const { firstSampleAt, toDurable, sectorTime } = machine.legs[0]!;
    expect([firstSampleAt, toDurable, sectorTime]).toEqual([40, 7, 10]);
    machine.runTo(1000);
    expect(machine.ends).toEqual(['leg 0: 1@57']);
  });

  it('that reads takes its time and changes nothing', () => {
    const machine = new ToyMachine({ drives: [drive(100, 10, 50)] });
    machine.request(READS_FROM, 8, 4);
    machine.runTo(1000);
    expect(machine.ends).toEqual(['leg 0: 1@180']);
    expect(machine.landings).toEqual([]);
    expect(machine.durable(0, 8, 12)).toEqual([0, 0, 0, 0]);
  });

  it('without sectors takes its turn and both latencies, and changes nothing', () => {
    const machine = new ToyMachine({ drives: [drive(100, 10, 50)] });
    machine.write(8, 4);
    machine.request(READS_FROM, 0, 0);
    machine.runTo(1000);
    expect(machine.ends).toEqual(['leg 0: 1@180', 'leg 0: 2@330']);
    expect(machine.landings).toHaveLength(4);
  });

  it('completes when its last sector is durable', () => {
    const machine = oneWrite();
    machine.runTo(179);
    expect(machine.ends).toEqual([]);
    machine.runTo(180);
    expect(machine.ends).toEqual(['leg 0: 1@180']);
    expect(machine.landings.at(-1)).toMatchObject({ sector: 11, at: 180 });
  });
});
