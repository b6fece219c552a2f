import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parseChange, parsePath, type Path } from '../../src/scenario/path.js';

function namesIn(text: string): Path {
  const segments = parsePath(text);
  if (typeof segments === 'string') throw new Error(segments);
  return segments.map((segment) => segment.name);
}

describe('a path', () => {
  it('is written as in JavaScript', () => {
    expect(namesIn('mirror.legs[1].latency')).toEqual(['mirror', 'legs', 1, 'latency']);
    expect(namesIn('expect.clear-when-idle["./a.js"]')).toEqual([
      'expect',
      'clear-when-idle',
      './a.js',
    ]);
  });

  it('knows where each of its names stands', () => {
    expect(parsePath('a[10].b')).toEqual([
      { name: 'a', from: 0, to: 1 },
      { name: 10, from: 1, to: 5 },
      { name: 'b', from: 6, to: 7 },
    ]);
  });

  it('is read back as it was, whatever the keys', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.nat(999_999_999));
    const paths = fc.tuple(fc.string({ unit: 'binary' }), fc.array(name, { maxLength: 8 }));
    fc.assert(
      fc.property(paths, ([first, rest]) => {
        expect(namesIn(formatPath([first, ...rest]))).toEqual([first, ...rest]);
      }),
    );
  });

  it.each([
    ['', 'expected a path such as mirror.legs[1].latency, found nothing'],
    ['a..b', 'expected a path such as mirror.legs[1].latency, found "..b" at column 2'],
    ['a.[1]', 'expected a path such as mirror.legs[1].latency, found ".[1]" at column 2'],
    ['[0]', 'expected a path such as mirror.legs[1].latency, found "[0]" at column 1'],
    ['a[x]', 'expected a path such as mirror.legs[1].latency, found "[x]" at column 2'],
    [
      'a["\\q"]',
      'expected a path such as mirror.legs[1].latency, found "[\\"\\\\q\\"]" at column 2',
    ],
    ['a\u001b', 'expected a path such as mirror.legs[1].latency, found "\\u001b" at column 2'],
    ['a'.concat('.a'.repeat(64)), 'expected a path of at most 64 keys'],
  ])('%j is none', (text, problem) => {
    expect(parsePath(text)).toBe(problem);
  });
});

describe('a change', () => {
  it('is a path and a value', () => {
    expect(parseChange('a.b=c=d')).toEqual({ path: 'a.b', value: 'c=d' });
    expect(parseChange('expect["a=b"].outcome=clean')).toEqual({
      path: 'expect["a=b"].outcome',
      value: 'clean',
    });
    expect(parseChange('seed=')).toEqual({ path: 'seed', value: '' });
  });

  it.each([
    ['seed', 'expected path=value, such as mirror.log.latency=nvme, found "seed"'],
    ['', 'expected a path such as mirror.legs[1].latency, found nothing'],
    ['=1', 'expected a path such as mirror.legs[1].latency, found nothing'],
    ['a b=1', 'expected a path such as mirror.legs[1].latency, found " b=1" at column 2'],
  ])('%j is none', (text, problem) => {
    expect(parseChange(text)).toBe(problem);
  });
});
