import { describe, expect, it } from 'vitest';
import { Door, Doors } from '../../src/sim/door.js';
import { LARGEST_BOUND } from '../../src/sim/entropy.js';
import { Fingerprint } from '../../src/sim/fingerprint.js';
import { Answers, doorTo } from './answers.js';

/** The fingerprint after these answers to one question after another. */
function fingerprintOf(bound: number, ...answers: number[]): string {
  const fingerprint = new Fingerprint();
  fingerprint.reset();
  const door = doorTo(new Answers(...answers), fingerprint);
  for (let n = 0; n < answers.length; n++) door.choose(bound, 'test');
  return fingerprint.text();
}

describe('a door', () => {
  it('hands on the question and the answer', () => {
    const answers = new Answers(3, 0);
    const door = doorTo(answers);
    expect([door.choose(5, 'first sample'), door.choose(9, 'durable')]).toEqual([3, 0]);
    expect(answers.heard).toEqual([
      { what: 'first sample', bound: 5 },
      { what: 'durable', bound: 9 },
    ]);
  });

  it('asks nobody when there is nothing to choose', () => {
    const answers = new Answers(1);
    const fingerprint = new Fingerprint();
    const before = fingerprint.text();
    expect(doorTo(answers, fingerprint).choose(1, 'durable')).toBe(0);
    expect(answers.heard).toEqual([]);
    expect(fingerprint.text()).toBe(before);
  });

  it.each([0, -1, NaN, Infinity, LARGEST_BOUND * 2])('refuses a bound of %d', (bound) => {
    const door = doorTo(new Answers());
    expect(() => door.choose(bound, 'durable')).toThrow(`durable: a bound of ${bound}`);
  });

  it('takes the largest bound', () => {
    expect(doorTo(new Answers(LARGEST_BOUND - 1)).choose(LARGEST_BOUND, 'x')).toBe(2 ** 53 - 1);
  });

  it('that was never opened says so', () => {
    const door = new Door('leg 0', new Fingerprint());
    expect(() => door.choose(2, 'durable')).toThrow("the door 'leg 0' was never opened");
  });
});

describe('the fingerprint behind a door', () => {
  it('shows every answer, the quiet one too', () => {
    const distinct = new Set([
      fingerprintOf(4),
      fingerprintOf(4, 0),
      fingerprintOf(4, 0, 0),
      fingerprintOf(4, 1),
      fingerprintOf(4, 1, 0),
      fingerprintOf(4, 0, 1),
    ]);
    expect(distinct.size).toBe(6);
  });

  it('shows every bit of a wide answer', () => {
    const quiet = fingerprintOf(LARGEST_BOUND, 0);
    for (let bit = 0; bit < 53; bit++) {
      expect(fingerprintOf(LARGEST_BOUND, 2 ** bit)).not.toBe(quiet);
    }
  });
});

describe('the doors of a world', () => {
  it('open together, each on the stream of its name', () => {
    const doors = new Doors(new Fingerprint());
    const leg = doors.door('leg 0');
    const log = doors.door('log');
    const streams = { 'leg 0': new Answers(1), log: new Answers(2) };
    doors.open({ stream: (name) => (name === 'log' ? streams.log : streams['leg 0']) });
    expect([leg.choose(5, 'a'), log.choose(5, 'b')]).toEqual([1, 2]);
    expect(streams.log.heard).toEqual([{ what: 'b', bound: 5 }]);
  });

  it('open again on other answers', () => {
    const doors = new Doors(new Fingerprint());
    const leg = doors.door('leg 0');
    doors.open({ stream: () => new Answers(1) });
    doors.open({ stream: () => new Answers(4) });
    expect(leg.choose(5, 'a')).toBe(4);
  });

  it('are not shared by two parts', () => {
    const doors = new Doors(new Fingerprint());
    doors.door('leg 0');
    expect(() => doors.door('leg 0')).toThrow("two parts share the stream 'leg 0'");
  });
});
