import { describe, expect, it } from 'vitest';
import { partIn } from '../../../src/lab/sweep/part.js';
import { entryIn, headerIn, headOf, lineOf } from '../../../src/lab/sweep/part-lines.js';
import { CONTENT, HEADER, linesOf, partOf } from '../../support/small-part.js';
import { WHOLE } from '../../../src/lab/sweep/plan.js';

const problemOf = (lines: readonly string[]): string | undefined => {
  const read = partIn(lines.map((line) => line.slice(0, -1)));
  return read.ok ? undefined : read.problem;
};

describe('a part', () => {
  it('reads as it was written, to the bit', () => {
    for (const keep of [false, true]) {
      const lines = linesOf({ ...HEADER, keep }, WHOLE, 0.1 + 0.2);
      const { header, chunks, isComplete, runs, failed } = partOf(lines);
      expect([isComplete, runs, failed]).toEqual([true, 250, 1]);
      expect(header).toEqual(headOf({ ...HEADER, keep }, [CONTENT], WHOLE, '0.1.0'));
      const again = chunks.map(({ chunk, sum }) => lineOf({ chunk: chunk.number, sum }));
      expect([lineOf(header), ...again]).toEqual(lines);
    }
  });

  it('knows what is absent from what is missing', () => {
    const { header, chunks } = partOf(linesOf({ ...HEADER, keep: true }));
    expect(header.series[0]?.subject).toHaveProperty('expected', undefined);
    expect(chunks[0]?.sum.each?.[0]).toHaveProperty('strategySource', undefined);
  });

  it('is incomplete while chunks are missing at its end', () => {
    expect(partOf(linesOf().slice(0, 3))).toMatchObject({ isComplete: false, runs: 200 });
    expect(partOf(linesOf().slice(0, 1))).toMatchObject({ isComplete: false, runs: 0 });
  });

  it('is complete with the last run that was to be borne', () => {
    const bailing = linesOf({ ...HEADER, bail: 1 });
    expect(partOf(bailing.slice(0, 3)).isComplete).toBe(true);
    expect(problemOf(bailing)).toBe('line 4 is out of order');
  });

  it('keeps a run that threw, as its last word', () => {
    const broken = lineOf({ chunk: 1, broken: { seed: '117', message: 'slot 3 is not armed' } });
    const lines = linesOf();
    const part = partOf([...lines.slice(0, 2), broken]);
    expect(part).toMatchObject({ isComplete: false, broken: { broken: { seed: '117' } } });
    expect(problemOf([...lines.slice(0, 2), broken, ...lines.slice(2)])).toContain('line 4');
  });
});

describe('a part that does not hold together', () => {
  const [head = '', first = '', second = '', third = ''] = linesOf();

  it.each([
    ['no header', [first], 'is no part of a sweep, or is damaged'],
    ['a chunk that is missing', [head, first, third], 'line 3 is out of order'],
    ['a chunk twice', [head, first, first], 'line 3 is out of order'],
    ['chunks in another order', [head, second, first], 'line 2 is out of order'],
    ['a chunk too many', [head, first, second, third, third], 'line 5 is out of order'],
    ['a torn line', [head, `${first.slice(0, 90)}\n`, second], 'line 2 is damaged'],
    [
      'a shorter chunk',
      [head, linesOf({ ...HEADER, plan: { firstSeeds: [1], count: 50 } })[1]!],
      'line 2 is damaged',
    ],
    ['an empty line', [head, '\n'], 'line 2 is damaged'],
  ])('is refused: %s', (_, lines, problem) => {
    expect(problemOf(lines)).toBe(problem);
  });

  it('is noticed at whichever byte a line was cut or changed', () => {
    for (const [line, read] of [
      [head, headerIn],
      [second, entryIn],
    ] as const) {
      const text = line.slice(0, -1);
      expect(read(text)).toBeDefined();
      for (let at = 0; at < text.length; at++) {
        expect(read(text.slice(0, at))).toBeUndefined();
        const changed = String.fromCharCode(text.charCodeAt(at) ^ 1);
        expect(read(text.slice(0, at) + changed + text.slice(at + 1))).toBeUndefined();
      }
    }
  });

  it('is noticed where the sum is right and the sense is not', () => {
    const sum = partOf([head, first]).chunks[0]!.sum;
    const wrong = [
      { ...sum, exposed: [100] },
      { ...sum, failed: [5, 5] },
      { ...sum, failed: [5, 4] },
      { ...sum, runs: 99 },
      { ...sum, exposure: -1 },
      { ...sum, kinds: [] },
    ];
    for (const each of wrong)
      expect(entryIn(lineOf({ chunk: 0, sum: each }).slice(0, -1))).toBeUndefined();
    expect(entryIn(lineOf({ chunk: 0, sum }).slice(0, -1))).toBeDefined();
  });
});
