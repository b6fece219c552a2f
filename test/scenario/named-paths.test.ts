import { describe, expect, it } from 'vitest';
import { namedPaths } from '../../src/scenario/named-paths.js';

describe('the paths that a text may name', () => {
  it.each([
    ['expect:\n  ./own.mjs: {}\n', './own.mjs'],
    ['expect: { ./own.mjs: { exposed: never } }', './own.mjs'],
    ['expect: { clear-when-idle: {}, ./own.mjs: {} ]', './own.mjs'],
    ['expect:\r\n  ./my own.mjs:\r\n    exposed: never', './my own.mjs'],
    ['? ../own.mjs\n: {}', '../own.mjs'],
    ['expect: { &a ./own.mjs: {} }', './own.mjs'],
    ['expect: { "./o\\u0077n.mjs": {} }', './own.mjs'],
    ["expect: { './own.mjs': {} }", './own.mjs'],
    ['expect["./own.mjs"].exposed=never', './own.mjs'],
    ['- ./own.mjs', './own.mjs'],
  ])('%j', (text, path) => {
    expect(namedPaths(text)).toContain(path);
  });

  it('has no words without a slash, and each once', () => {
    expect(namedPaths('story: x\nseed: 1\na: ./b\nc: ./b\n')).toEqual(['./b']);
  });
});
