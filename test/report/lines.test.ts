import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, labelled, safe, wrapped } from '../../src/report/lines.js';

describe('wrapping', () => {
  it('breaks at spaces, and inside a word only where it must', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('cuts no letter that is a pair into halves', () => {
    expect(wrapped('ab🙂cd', 3)).toEqual(['ab', '🙂c', 'd']);
    expect(wrapped('🙂🙂x', 1)).toEqual(['🙂', '🙂', 'x']);
  });

  it('keeps a number with its unit', () => {
    expect(wrapped('the longest 30.1 s', 16)).toEqual(['the longest', '30.1 s']);
    expect(wrapped('share of 25.1 % in all', 14)).toEqual(['share of', '25.1 % in all']);
  });

  it('loses nothing and is never too wide', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9%]{1,12}$/), { maxLength: 20 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (list, width) => {
        const lines = wrapped(list.join(' '), width);
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(list.join(''));
      }),
    );
  });
});

describe('a labelled line', () => {
  it('is wrapped under its text', () => {
    expect(labelled('exposed', 'a quarter of the time, in one window', 44)).toEqual([
      '  exposed     a quarter of the time, in one',
      '              window',
    ]);
  });

  it('has its label above the text where there is little room', () => {
    expect(labelled('exposed', 'a quarter of the time', 20)).toEqual([
      '  exposed',
      '    a quarter of the',
      '    time',
    ]);
  });

  it('is painted after it was measured', () => {
    expect(labelled('crash', 'none', 60, (text) => `<b>${text}</b>`)).toEqual([
      '  crash       <b>none</b>',
    ]);
  });
});

describe('two columns', () => {
  const rows = [
    ['a', 'one two three four five six seven'],
    ['long-name', 'eight'],
  ] as const;

  it('stand side by side', () => {
    expect(columns(rows, 34, (text) => text)).toEqual([
      'a          one two three four five',
      '           six seven',
      'long-name  eight',
    ]);
  });

  it('stand under each other where there is little room', () => {
    expect(columns(rows, 24, (text) => text)).toEqual([
      'a',
      '  one two three four',
      '  five six seven',
      'long-name',
      '  eight',
    ]);
  });
});

describe('text from a file', () => {
  it('cannot steer a terminal', () => {
    expect(safe('\u001b[2J\u009b1m\u202eabc\nd\u0007')).toBe(
      '\\u001b[2J\\u009b1m\\u202eabc\\u000ad\\u0007',
    );
  });

  it('keeps its letters', () => {
    expect(safe('/Größe/文件 – "x"')).toBe('/Größe/文件 – "x"');
  });
});
