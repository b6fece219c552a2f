import { describe, expect, it } from 'vitest';
import { EverySchedule } from '../../src/sim/every-schedule.js';
import { Learned } from '../../src/sim/learned.js';
import { Snapshot } from '../../src/sim/snapshot.js';
import { Toy } from './toy-work.js';

describe('states that others have met', () => {
  /** Lifts word 1 to word 0, a step at a time. */
  const follow = ({ words }: Toy): number => (words[1] === words[0] ? 0 : ++words[1]!);
  const tell = ({ words }: Toy): number => words[0]! * 10 + words[1]!;

  /** Words 0 and 1, as another search left them. */
  function left(toy: Toy, ...words: readonly number[]): Snapshot {
    const start = new Snapshot();
    const state = new Snapshot();
    toy.arena.save(start);
    toy.words.set(words);
    toy.arena.save(state);
    toy.arena.restore(start);
    return state;
  }

  const placesIn = ({ pairs, length }: Snapshot): number[] =>
    [...pairs.slice(0, length)].filter((_, n) => n % 2 === 0);

  it('differ where it is told that they do', () => {
    const toy = new Toy([tell]);
    const [start, other] = [left(toy, 0, 0), left(toy, 3, 4)];
    const learned = new Learned(toy.arena, toy, new EverySchedule());
    learned.expect(3, placesIn(other));
    const answers = [start, other, start].map((state) => {
      learned.restore(state);
      return learned.do(0);
    });
    expect(answers).toEqual([0, 34, 0]);
  });

  it('may have chores that are not done, and what comes after them has none', () => {
    const toy = new Toy([follow], 1);
    const [start, undone] = [left(toy, 0, 0), left(toy, 2, 1)];
    const learned = new Learned(toy.arena, toy, new EverySchedule());
    learned.expect(2, placesIn(undone));
    const answers = [start, undone, undone].map((state) => {
      learned.restore(state);
      return learned.doFirst(0, 1);
    });
    expect(answers).toEqual([0, 2, 0]);
  });
});
