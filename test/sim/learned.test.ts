import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entropy } from '../../src/sim/entropy.js';
import { EverySchedule } from '../../src/sim/every-schedule.js';
import { Learned } from '../../src/sim/learned.js';
import { Snapshot } from '../../src/sim/snapshot.js';
import { Toy, WORDS } from './toy-work.js';

function learnedOf(toy: Toy, entropy: Entropy = new EverySchedule()): Learned {
  const learned = new Learned(toy.arena, toy, entropy);
  const start = new Snapshot();
  toy.arena.save(start);
  learned.restore(start);
  return learned;
}

/** What stands there now, as the arena would have it. */
function standing(learned: Learned, toy: Toy): number[] {
  const now = new Snapshot();
  learned.save(now);
  toy.arena.restore(now);
  return [...toy.words];
}

const step = ({ words }: Toy): number => {
  words[1] = words[0] === 0 ? words[1]! + 1 : words[2]!;
  return words[1];
};
const lift = ({ words }: Toy): number => (words[0] = 1 - words[0]!);

describe('a piece of work that sees the same again', () => {
  it('is not done again, and does the same', () => {
    const toy = new Toy([step, lift]);
    const learned = learnedOf(toy);
    const answers = [0, 1, 0, 1, 0].map((piece) => learned.do(piece));
    expect(answers).toEqual([1, 1, 0, 0, 1]);
    expect(toy.done).toBe(4);
    learned.restoreAgain();
    expect([0, 1, 0, 1, 0].map((piece) => learned.do(piece))).toEqual(answers);
    expect(standing(learned, toy)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
    expect(toy.done).toBe(4);
  });

  it('is done where a word that never changed before does', () => {
    const toy = new Toy([step, lift, ({ words }) => (words[2] = 9)]);
    const learned = learnedOf(toy);
    learned.do(1);
    expect(learned.do(0)).toBe(0);
    learned.do(2);
    expect(learned.do(0)).toBe(9);
    expect(toy.done).toBe(4);
  });

  it('finds all words as they were left, whichever of them changed first', () => {
    const late = ({ times }: Toy): number => (times[0] = 3);
    const early = ({ words }: Toy): number => (words[0] = 4);
    const tell = ({ words, times }: Toy): number => words[0]! * 10 + times[0]!;
    const learned = learnedOf(new Toy([late, early, tell]));
    expect([0, 1, 2].map((piece) => learned.do(piece))).toEqual([3, 4, 43]);
  });

  it('finds meters at 0, whatever they were', () => {
    const count = ({ meters, words }: Toy): number => (words[3] = ++meters[0]!);
    const learned = learnedOf(new Toy([count, count]));
    expect([learned.do(0), learned.do(1)]).toEqual([1, 1]);
  });

  it('is refused when it looks elsewhere', () => {
    let n = 0;
    const fickle = ({ words }: Toy): number => (words[0] === 0 ? words[2 + n++]! : 0);
    const touch = ({ words }: Toy): number => (words[2] = words[3] = words[4]! + 1);
    const learned = learnedOf(new Toy([touch, fickle, ({ words }) => (words[4] = 1)]));
    learned.do(0);
    learned.do(1);
    learned.do(2);
    learned.do(0);
    expect(() => learned.do(1)).toThrow('does not repeat');
  });
});

describe('a question', () => {
  const ask = (toy: Toy): number => (toy.words[0] = toy.ask(2) === 0 ? 5 : 6 + toy.ask(3));

  it('is asked each time, whether the work is done or not', () => {
    const every = new EverySchedule();
    const toy = new Toy([ask]);
    const learned = learnedOf(toy, every);
    const round = () => {
      const answers: number[] = [];
      every.begin();
      do {
        learned.restoreAgain();
        answers.push(learned.do(0));
      } while (every.next());
      return answers;
    };
    expect(round()).toEqual([5, 6, 7, 8]);
    expect(round()).toEqual([5, 6, 7, 8]);
    expect(toy.done).toBe(4);
  });

  it('of a piece that was done from memory leaves nothing behind for the next', () => {
    const answers = [0, 0, 1, 2];
    const told: Entropy = { stream: () => ({ choose: () => answers.shift()! }) };
    const learned = learnedOf(new Toy([ask, ask]), told);
    expect([0, 0, 1].map((piece) => learned.do(piece))).toEqual([5, 5, 8]);
    expect(answers).toEqual([]);
  });
});

describe('a chore', () => {
  /** Lifts word 1 to word 0, a step at a time. */
  const follow = ({ words }: Toy): number => {
    if (words[1] === words[0]) return 0;
    words[1]!++;
    return 1;
  };
  const raise = ({ words }: Toy): number => (words[0]! += 2);
  const other = ({ words }: Toy): number => (words[5] = 1);

  it('is done when something changes that it looks at, and else not even looked up', () => {
    const toy = new Toy([follow, raise, other], 1);
    const learned = learnedOf(toy);
    expect(learned.doFirst(0, 1)).toBe(0);
    const before = learned.done;
    learned.do(2);
    expect(learned.doFirst(0, 1)).toBe(0);
    expect(learned.done).toBe(before + 1);
    learned.do(1);
    expect([learned.doFirst(0, 1), learned.doFirst(0, 1), learned.doFirst(0, 1)]).toEqual([
      1, 1, 0,
    ]);
    expect(standing(learned, toy).slice(0, 2)).toEqual([2, 2]);
  });

  it('has nothing left to do when it writes what stands there', () => {
    const learned = learnedOf(new Toy([({ words }) => (words[3] = 1)], 1));
    expect([learned.doFirst(0, 1), learned.doFirst(0, 1)]).toEqual([1, 0]);
  });

  it('has to be done after it was done', () => {
    const learned = learnedOf(new Toy([follow, raise], 1));
    learned.do(1);
    expect(() => learned.doOnce(0)).toThrow('chore 0 is never done');
  });

  it('that a later one calls is called from then on, wherever the search stands', () => {
    const undo = ({ words }: Toy): number => (words[1] === 2 ? (words[1] = 0) : 0);
    const toy = new Toy([follow, undo, raise], 2);
    const learned = learnedOf(toy);
    learned.do(2);
    while (learned.doFirst(0, 1) !== 0);
    learned.doOnce(1);
    learned.stop();
    const here = new Snapshot();
    learned.save(here);
    learned.restore(here);
    expect(learned.doFirst(0, 1)).toBe(1);
  });

  it('asks nothing', () => {
    const learned = learnedOf(new Toy([(toy) => toy.ask(2)], 1));
    expect(() => learned.do(0)).toThrow('asks a question');
  });
});

/** Work that reads and writes wherever words tell it to. */
const wander = (from: number) => {
  return ({ words }: Toy): number => {
    const at = words[from]! & 7;
    if ((words[at]! & 1) === 0) words[(at + from) & 7]! += 3;
    else words[at] = words[(from + 5) & 7]! - 1;
    return at;
  };
};

describe('work from memory', () => {
  it('does to the bit what the work does', () => {
    const pieces = fc.array(fc.nat(WORDS - 1), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 2, maxLength: 5 }), (runs) => {
        const does = Array.from({ length: WORDS }, (_, from) => wander(from));
        const toy = new Toy(does);
        const plain = new Toy(does);
        const learned = learnedOf(toy);
        const start = new Snapshot();
        plain.arena.save(start);
        for (const run of runs) {
          learned.restore(start);
          plain.arena.restore(start);
          expect(run.map((piece) => learned.do(piece))).toEqual(
            run.map((piece) => plain.do(piece)),
          );
          const one = new Snapshot();
          const two = new Snapshot();
          learned.save(one);
          plain.arena.save(two);
          expect([one.low, one.high, one.length]).toEqual([two.low, two.high, two.length]);
          expect(standing(learned, toy)).toEqual([...plain.words]);
        }
      }),
    );
  });
});
