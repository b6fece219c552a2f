import { describe, expect, it } from 'vitest';
import { Answers } from '../sim/answers.js';
import { ToyMachine, drive } from './toy-machine.js';

const OLD = [9, 10, 11, 12];

describe('a transfer in free timing', () => {
  const free = (...answers: number[]): ToyMachine => {
    const options = { drives: [drive(0, 0, 0), drive(0, 0, 0)], timing: 'free' as const };
    const machine = new ToyMachine({ ...options, answers: new Answers(...answers) });
    machine.write(8, 4);
    return machine;
  };

  it('lands as a whole when it completes, and not when another one does', () => {
    const machine = free(1); // of the two that are due leg 1 is first
    machine.agenda.next(machine.agenda.now);
    machine.legs[1]!.step();
    expect(machine.durable(0, 8, 12)).toEqual([0, 0, 0, 0]);
    expect(machine.durable(1, 8, 12)).toEqual(OLD);
  });

  it('may have sampled a sector before a store or not, on each leg by itself', () => {
    const machine = free(1, 0);
    machine.store(9, 77);
    expect(machine.answers.heard).toEqual([
      { what: 'sampled before store', bound: 2 },
      { what: 'sampled before store', bound: 2 },
    ]);
    machine.runTo(0);
    expect(machine.durable(0, 8, 12)).toEqual(OLD);
    expect(machine.durable(1, 8, 12)).toEqual([9, 77, 11, 12]);
  });
});
