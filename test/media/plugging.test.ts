import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/sim/time.js';
import { ToyMachine, drive } from './toy-machine.js';

const MS = 1_000_000;
const PLUG_SLOT = 1;

/** One leg as 2.6.25 plugs it; a request of one sector takes 10 ms. */
function plugged(): ToyMachine {
  return new ToyMachine({
    drives: [drive(6 * MS, 0, 4 * MS)],
    plugging: { delay: milliseconds(3), requests: 4 },
  });
}

/** Which sector's request started when, in ms. */
function starts(machine: ToyMachine): string[] {
  return machine.begins.map(({ sector, at }) => `${sector}@${at / MS}`);
}

describe('a plugged queue', () => {
  it('lets a lone request wait for 3 ms', () => {
    const machine = plugged();
    machine.write(0, 1);
    machine.runTo(3 * MS - 1);
    expect(starts(machine)).toEqual([]);
    expect(machine.legs[0]!.queued).toBe(1);
    machine.runTo(3 * MS);
    expect(starts(machine)).toEqual(['0@3']);
    expect(machine.legs[0]!.queued).toBe(0);
  });

  it('counts the 3 ms from the first request, not from the last', () => {
    const machine = plugged();
    machine.write(0, 1);
    machine.runTo(2 * MS);
    machine.write(8, 1);
    machine.runTo(8 * MS);
    expect(starts(machine)).toEqual(['0@3']);
  });

  it('is unplugged by the fourth request, and the timer is stopped', () => {
    const machine = plugged();
    for (const sector of [0, 8, 16]) machine.write(sector, 1);
    machine.runTo(1 * MS);
    expect(starts(machine)).toEqual([]);
    machine.write(24, 1);
    expect(starts(machine)).toEqual(['0@1']);
    expect(machine.agenda.isArmed(PLUG_SLOT)).toBe(false);
  });

  it('is unplugged by a completion, and the timer is stopped', () => {
    const machine = plugged();
    machine.write(0, 1);
    machine.runTo(12 * MS);
    machine.write(8, 1);
    machine.runTo(13 * MS);
    expect(starts(machine)).toEqual(['0@3', '8@13']);
    expect(machine.agenda.isArmed(PLUG_SLOT)).toBe(false);
  });

  it('starts nothing while a request is in service, whatever pulls the plug', () => {
    const machine = plugged();
    machine.write(0, 1);
    machine.runTo(4 * MS);
    for (const sector of [8, 16, 24, 25]) machine.write(sector, 1);
    expect(machine.agenda.isArmed(PLUG_SLOT)).toBe(false);
    machine.runTo(12 * MS);
    expect(starts(machine)).toEqual(['0@3']);
    machine.runTo(13 * MS);
    expect(starts(machine)).toEqual(['0@3', '8@13']);
  });

  it('is plugged again once it has run empty', () => {
    const machine = plugged();
    machine.write(0, 1);
    machine.runTo(20 * MS);
    machine.write(8, 1);
    expect(machine.agenda.dueAt(PLUG_SLOT)).toBe(23 * MS);
    machine.runTo(23 * MS);
    expect(starts(machine)).toEqual(['0@3', '8@23']);
  });

  it('is not plugged again while requests wait in it', () => {
    const machine = plugged();
    for (const sector of [0, 8, 16, 24]) machine.write(sector, 1);
    machine.write(25, 1);
    expect(machine.agenda.isArmed(PLUG_SLOT)).toBe(false);
  });
});

describe('a queue', () => {
  it('starts at once when nothing plugs it', () => {
    const machine = new ToyMachine({ drives: [drive(6 * MS, 0, 4 * MS)] });
    machine.write(0, 1);
    expect(starts(machine)).toEqual(['0@0']);
  });

  it('is served first come, first served, one at a time', () => {
    const machine = new ToyMachine({ drives: [drive(6 * MS, 0, 4 * MS)] });
    for (const sector of [24, 0, 16, 8]) machine.write(sector, 1);
    machine.runTo(15 * MS);
    machine.write(25, 1);
    machine.runTo(100 * MS);
    expect(starts(machine)).toEqual(['24@0', '0@10', '16@20', '8@30', '25@40']);
    expect(machine.landings.map(({ sector }) => sector)).toEqual([24, 0, 16, 8, 25]);
  });

  it('keeps its order on each leg, at the pace of that leg', () => {
    const machine = new ToyMachine({ drives: [drive(10, 0, 10), drive(30, 0, 40)] });
    for (const sector of [5, 3, 4]) machine.write(sector, 1);
    machine.runTo(1000);
    expect(machine.ends).toEqual([
      'leg 0: 1@20',
      'leg 0: 2@40',
      'leg 0: 3@60',
      'leg 1: 1@70',
      'leg 1: 2@140',
      'leg 1: 3@210',
    ]);
  });
});
