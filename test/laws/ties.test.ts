import { expect, it } from 'vitest';
import { oneSidedTies } from './ties.js';

it('a store at the instant of a sample comes before it, and after it', () => {
  expect(oneSidedTies(12)).toEqual([]);
});
