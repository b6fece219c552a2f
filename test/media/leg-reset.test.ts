import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/sim/time.js';
import { ToyMachine, drive } from './toy-machine.js';

function storeAll(machine: ToyMachine, value: number): void {
  for (let sector = 8; sector < 12; sector++) machine.store(sector, value);
}

describe('a drive without latency', () => {
  it('lands what it is given at the start of time, at the start of time', () => {
    const machine = new ToyMachine({ drives: [drive(0, 0, 0)] });
    machine.write(8, 4);
    machine.runTo(0);
    expect(machine.durable(0, 8, 12)).toEqual([9, 10, 11, 12]);
  });
});

describe('what is dead', () => {
  it('is zeroed: once all is written, nothing of it is held', () => {
    const drives = [drive(100, 10, 50), drive(90, 3, 500)];
    const machine = new ToyMachine({ drives, plugging: { delay: milliseconds(3), requests: 4 } });
    const atFirst = machine.held();
    for (const sector of [8, 0, 16, 4, 12, 24]) machine.write(sector, 4);
    for (const now of [115, 300, 620]) {
      machine.runTo(now);
      storeAll(machine, now);
      machine.store(1, now);
    }
    expect(machine.held()).not.toEqual(atFirst);
    machine.runTo(10_000_000);
    expect(machine.ends).toHaveLength(12);
    expect(machine.held()).toEqual(atFirst);
  });
});

describe('a machine that is reset', () => {
  it('does exactly what a new one does', () => {
    const play = (machine: ToyMachine): unknown => {
      machine.landings.length = 0;
      machine.memory.forEach((_, sector, memory) => (memory[sector] = sector + 1));
      machine.write(8, 4);
      machine.write(0, 2);
      machine.runTo(115);
      storeAll(machine, 77);
      machine.runTo(400);
      return [...machine.landings];
    };
    const drives = [drive(100, 10, 50), drive(90, 3, 500)];
    const fresh = play(new ToyMachine({ drives }));
    const used = new ToyMachine({ drives });
    play(used);
    used.reset();
    expect(used.durable(1)).toEqual(Array(32).fill(0));
    expect(play(used)).toEqual(fresh);
  });
});
