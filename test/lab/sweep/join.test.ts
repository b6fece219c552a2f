import { describe, expect, it } from 'vitest';
import type { SweepHeader } from '../../../src/lab/sweep/header.js';
import { joined, type NamedPart } from '../../../src/lab/sweep/join.js';
import { lineOf } from '../../../src/lab/sweep/part-lines.js';
import { MODEL_VERSION } from '../../../src/lab/model-version.js';
import type { PartScenario } from '../../../src/lab/sweep/part-schema.js';
import { contentOf, HEADER, linesOf, partOf } from '../../support/small-part.js';

const part = (
  index: number,
  of: number,
  header: SweepHeader = HEADER,
  exposed?: number,
  content?: PartScenario,
): NamedPart => ({
  name: `${index}-of-${of}`,
  part: partOf(linesOf(header, { index, of }, exposed, content)),
});

const problemsOf = (...parts: readonly NamedPart[]): string[] => {
  const whole = joined(parts, ({ name }) => `resume ${name}`);
  return whole.ok ? [] : whole.problems.map(({ name, problem }) => `${name ?? '-'}: ${problem}`);
};

describe('parts of one sweep', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('are the whole again: %i of them, in any order', (of) => {
    const parts = Array.from({ length: of }, (_, n) => part(n + 1, of)).reverse();
    const whole = joined(parts, () => '');
    const lines = whole.ok
      ? whole.chunks.map(({ chunk, sum }) => lineOf({ chunk: chunk.number, sum }))
      : [];
    expect(lines).toEqual(linesOf().slice(1));
  });

  it('may be there twice, if they say the same', () => {
    expect(problemsOf(part(1, 2), part(2, 2), part(2, 2))).toEqual([]);
    const other = { ...part(2, 2, HEADER, 0.2), name: 'other' };
    expect(problemsOf(part(1, 2), part(2, 2), other)).toEqual([
      'other: is part 2 like 2-of-2, with other results',
    ]);
  });

  it('must all be there, and complete', () => {
    expect(problemsOf(part(1, 3), part(3, 3))).toEqual(['-: part 2 of 3 is missing']);
    const torn = { name: 'torn', part: partOf(linesOf().slice(0, 3)) };
    expect(problemsOf(torn)).toEqual(['torn: is not complete; go on with it: resume torn']);
    const broken = lineOf({ chunk: 0, broken: { seed: '17', message: 'it threw' } });
    const stopped = { name: 'stopped', part: partOf([linesOf()[0]!, broken]) };
    expect(problemsOf(stopped)).toEqual([
      'stopped: ended at seed 17 of x under clear-when-idle, which threw: it threw',
    ]);
  });
});

describe('parts of several sweeps', () => {
  const [series] = HEADER.series;
  const { subject } = series!;
  const source = { path: 'x', sha256: 'cd'.repeat(32), name: 'x' };
  const others: readonly (readonly [string, SweepHeader, string])[] = [
    [
      'seeds',
      { ...HEADER, plan: { firstSeeds: [2], count: 250 } },
      'the seeds: 2..251, not 1..250',
    ],
    ['command', { ...HEADER, command: 'compare' }, 'the command: compare, not run'],
    ['bail', { ...HEADER, bail: 3 }, '--bail: 3, not none'],
    [
      'scenario',
      { ...HEADER, series: [{ ...series!, subject: { ...subject, scenario: 'y' } }] },
      'the scenario: y, not x',
    ],
    [
      'strategy',
      { ...HEADER, series: [{ ...series!, subject: { ...subject, strategy: 'lock-pages' } }] },
      'the strategy: lock-pages, not clear-when-idle',
    ],
    [
      'content of a strategy',
      { ...HEADER, series: [{ ...series!, subject: { ...subject, source } }] },
      'the strategy clear-when-idle has another content (sha256 cdcdcdcdcdcd)',
    ],
  ];

  it.each(others)('are told apart by %s', (_, header, difference) => {
    expect(problemsOf(part(1, 2), part(2, 2, header))).toEqual([
      `2-of-2: is another sweep than 1-of-2: ${difference}`,
    ]);
  });

  it('are told apart by what their scenarios say', () => {
    const content = contentOf('seed: 2\n');
    const other = part(2, 2, HEADER, undefined, content);
    expect(problemsOf(part(1, 2), other)).toEqual([
      `2-of-2: is another sweep than 1-of-2: the scenario x has another content (sha256 ${content.sha256.slice(0, 12)})`,
    ]);
  });

  it('are told apart by version, model and number of parts', () => {
    const old = part(2, 2);
    const header = { ...old.part.header, tool: { version: '0.0.9' }, model: 0 };
    expect(problemsOf(part(1, 2), { ...old, part: { ...old.part, header } })).toEqual([
      '2-of-2: is another sweep than 1-of-2: the version of desync: 0.0.9, not 0.1.0',
      `2-of-2: is another sweep than 1-of-2: the version of the model: 0, not ${MODEL_VERSION}`,
    ]);
    expect(problemsOf(part(1, 2), part(2, 3))).toEqual([
      '2-of-3: is another sweep than 1-of-2: the parts: one of 3, not of 2',
    ]);
  });

  it('do not differ by where files lay', () => {
    const moved = {
      ...HEADER,
      args: ['run', '/x.yaml'],
      series: [{ ...series!, file: '/x.yaml' }],
    };
    expect(problemsOf(part(1, 2), part(2, 2, moved))).toEqual([]);
  });
});
