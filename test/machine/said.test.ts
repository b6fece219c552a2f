import { describe, expect, it } from 'vitest';
import { said, thrown } from '../../src/machine/said.js';

const throwing = (): never => {
  throw new Error('hands off');
};
const untouchable = (): object =>
  new Proxy({}, { get: throwing, has: throwing, getPrototypeOf: throwing });

describe('what a strategy handed over is told in a word', () => {
  it.each<readonly [string, () => unknown]>([
    ["'clear'", () => 'clear'],
    ['NaN', () => NaN],
    ['a bigint', () => 30n],
    ['null', () => null],
    ['a promise', () => Promise.resolve(1)],
    ['an object', untouchable],
  ])('%s', (word, make) => {
    expect(said(make())).toBe(word);
  });
});

describe('what it threw is told', () => {
  it.each<readonly [string, () => unknown]>([
    ['TypeError (x is no y)', () => new TypeError('x is no y')],
    ["'no error'", () => 'no error'],
    ['an object', () => Object.assign(new Error('x'), { message: 7 })],
    ['an object', () => Object.defineProperty(new Error('x'), 'message', { get: throwing })],
    ['an object', untouchable],
  ])('%s', (words, make) => {
    expect(thrown(make())).toBe(words);
  });
});
