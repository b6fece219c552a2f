import { describe, expect, it } from 'vitest';
import { Lessons } from '../../src/sim/lessons.js';

describe('a lesson', () => {
  const seen = { piece: 0, answer: 5, sights: [], effects: [] };

  it('is learned once', () => {
    const lessons = new Lessons(2);
    expect(lessons.answerOf(lessons.learn(seen))).toBe(5);
    expect(() => lessons.learn(seen)).toThrow('a piece of work that is known was learned');
    expect(() => lessons.learn({ ...seen, piece: 1 })).not.toThrow();
  });
});
