import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintsAbout, EXAMPLE, problemsIn, spoilt } from './example.js';

const BOMB = [
  'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]',
  'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]',
]
  .concat(['c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]', 'd: &d [*c, *c, *c, *c, *c, *c, *c]'])
  .concat(['e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]', 'f: [*e, *e, *e, *e, *e, *e, *e, *e]'])
  .join('\n');

const KEYS =
  'story, seed, duration, kernel, memory, mirror, filesystem, files, fileTimes, preemption, workload, strategies, crash, recovery, aftermath, expect, limits, bound, timing, choices';
const WANTED = `expected a scenario: a map of ${KEYS}`;

describe('a text that is no scenario at all', () => {
  it.each([
    ['nothing', '', `x.yaml:1:1 scenario: ${WANTED}, found nothing`],
    ['only comments', '# later\n\n', `x.yaml:1:1 scenario: ${WANTED}, found nothing`],
    ['one word', 'scenario', `x.yaml:1:1 scenario: ${WANTED}, found "scenario"`],
    ['a number', '42', `x.yaml:1:1 scenario: ${WANTED}, found 42`],
    ['a list', '- a\n- b', `x.yaml:1:1 scenario: ${WANTED}, found a list of 2`],
    [
      'the beginning of a disk image',
      '\u0000\u0001\u001b[31m\u009b1m\ufffd',
      `x.yaml:1:1 scenario: ${WANTED}, found "\\u0000\\u0001\\u001b[31m\\u009b1m\ufffd"`,
    ],
    [
      'ten megabytes',
      '# ten\n'.repeat(10_000_000 / 6),
      'x.yaml:1:1 scenario: expected at most 262144 characters, found 9999996',
    ],
    [
      'an alias bomb',
      BOMB,
      'x.yaml:5:28 e[5]: expected at most 50000 values with all aliases followed, found more',
    ],
    [
      'lists in lists',
      '['.repeat(100_000),
      'x.yaml:1:65 scenario: expected at most 64 levels of nesting, found more',
    ],
    [
      'lists in lists, line by line',
      '- '.repeat(50_000),
      'x.yaml:1:129 scenario: expected at most 64 levels of nesting, found more',
    ],
    [
      'maps in maps',
      '{a: '.repeat(20_000),
      'x.yaml:1:257 scenario: expected at most 64 levels of nesting, found more',
    ],
    [
      'keys in keys',
      '? '.repeat(20_000),
      'x.yaml:1:129 scenario: expected at most 64 levels of nesting, found more',
    ],
  ])('is refused in a line: %s', (_title, text, complaint) => {
    expect(complaintsAbout(text)).toEqual([complaint]);
  });

  it.each(['9', '!'])('has no line as long as what it is about: %s and so on', (piece) => {
    const found = problemsIn(spoilt('seed: 7', `seed: ${piece.repeat(50_000)}`));
    expect(found.map((problem) => problem.found.length)).toEqual(found.map(() => 200));
    expect(found.length).toBeGreaterThan(0);
  });

  it('is told of an alias that stands for a key', () => {
    expect(complaintsAbout(spoilt('seed: 7', 'seed: &s 7\n*s : 1'))).toEqual([
      'x.yaml:3:1 scenario: expected a key of plain text, found "*s"',
    ]);
  });

  it('tells the first thousand of very many problems', () => {
    const keys = Array.from({ length: 5_000 }, (_, i) => `k${i}: 1`).join('\n');
    const complaints = complaintsAbout(keys);
    expect(complaints).toHaveLength(1001);
    expect(complaints.at(-1)).toMatch(/expected at most 1000 problems, found 5007$/);
  });
});

describe('a scenario with many problems', () => {
  it('tells all of them at once, in the order of the file', () => {
    const text = spoilt('seed: 7', 'sed: 7')
      .replace('120s', '2 minutes')
      .replace('ssd-sata', 'ssd')
      .replace('blockSize: 1KiB', 'blocksize: 1KiB')
      .replace('do: [{ append: [/a, 1KiB] }', 'do: [{ append: [/a, 1kb] }')
      .replace('leg0', 'leg5');
    const places = problemsIn(text).map(({ line, path, hint }) => [line, path, hint]);
    expect(places).toEqual([
      [2, 'sed', 'seed'],
      [3, 'duration', '2min'],
      [9, 'mirror.log.latency', undefined],
      [10, 'filesystem.blocksize', 'blockSize'],
      [17, 'workload.app[1].repeat.do[0].append[1]', '1KiB'],
      [19, 'aftermath[1].remove', undefined],
    ]);
  });

  it('tells each once, however often an alias repeats it', () => {
    const text = spoilt(
      '[{ latency: hdd-7200 }, { latency: nvme }]',
      '[&leg { latency: slow }, *leg]',
    );
    expect(problemsIn(text).map(({ path }) => path)).toEqual(['mirror.legs[0].latency']);
  });

  it('counts steps and repeats', () => {
    const repeats = (depth: number): string =>
      depth === 0 ? 'sync' : `{ repeat: { every: 1s, do: [${repeats(depth - 1)}] } }`;
    const many = `[${'sync, '.repeat(600)}sync]`;
    const complaints = (line: string): string[] =>
      complaintsAbout(spoilt('  app:', `${line}\n  app:`));
    expect(complaints(`  deep: [${repeats(8)}]`)).toEqual([]);
    expect(complaints(`  deep: [${repeats(9)}]`)).toEqual([
      `x.yaml:13:236 workload.deep[0]${'.repeat.do[0]'.repeat(8)}.repeat: expected repeat at most 8 deep, found one more`,
    ]);
    expect(complaints(`  one: ${many}\n  two: ${many}`)).toEqual([
      'x.yaml:12:1 workload: expected at most 1000 steps in all applications, found 1206',
    ]);
    const apps = Array.from({ length: 16 }, (_, i) => `  a${i}: [sync]`).join('\n');
    expect(complaints(apps)).toEqual([
      'x.yaml:13:3 workload: expected at most 16 applications, found a map of a0, a1, a2, a3, …',
    ]);
  });
});

describe('any text', () => {
  /** Pieces that mean something to YAML, to a terminal or to JavaScript. */
  const piece = fc.oneof(
    fc.constantFrom(
      '&a ',
      '*a',
      '<<: ',
      '? ',
      '- ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '|',
      '>',
      '!!x ',
      '%',
    ),
    fc.constantFrom(
      '\u001b[2J',
      '\u0000',
      '\t',
      '\r',
      '\u202e',
      '\ud800',
      '__proto__: ',
      '"',
      "'",
      '#',
    ),
    fc.constantFrom(
      'seed',
      '9'.repeat(400),
      '1e999',
      '.nan',
      '---\n',
      '\n',
      'null',
      '~',
      'x'.repeat(300),
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const edits = fc.array(fc.tuple(fc.nat(EXAMPLE.length), fc.nat(6), piece), {
    minLength: 1,
    maxLength: 4,
  });

  it('is loaded or refused, and what is said of it can be shown', () => {
    fc.assert(
      fc.property(edits, (changes) => {
        const text = changes.reduce((before, [at, length, by]) => {
          return before.slice(0, at) + by + before.slice(at + length);
        }, EXAMPLE);
        for (const { frame, ...problem } of problemsIn(text)) {
          expect(Object.values(problem).join(' ')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(frame).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(problem.line).toBeLessThanOrEqual(text.split('\n').length);
          expect(problem.expected).not.toMatch(/^(Invalid|Too|Unrecognized)/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
