import { describe, expect, it } from 'vitest';
import { problemsIn, spoilt } from './example.js';
import { formatProblem } from '../../src/scenario/problem.js';

function shown(text: string, colour = false): string {
  return problemsIn(text)
    .map((problem) => formatProblem(problem, colour))
    .join('\n');
}

describe('a problem', () => {
  it('is a line, the lines around it and what was meant', () => {
    expect(shown(spoilt('seed: 7', 'seed: 7\ncrsh: none'))).toBe(
      `x.yaml:3:1 crsh: expected a key of a scenario (story, seed, duration, kernel, memory, mirror, \
filesystem, files, fileTimes, preemption, workload, strategies, crash, recovery, aftermath, expect, limits, bound, timing, choices), found "crsh"
  1 | story: An append races pdflush, and the file is fsynced.
  2 | seed: 7
> 3 | crsh: none
    | ^^^^
  4 | duration: 120s
  5 | kernel: linux-2.6.25
did you mean crash?`,
    );
  });

  it('cuts long lines', () => {
    const lines = shown(`story: ${'long '.repeat(100)}\nseed: x`).split('\n');
    const framed = lines.filter((line) => / \| /.test(line));
    expect(Math.max(...framed.map((line) => line.length))).toBe(126);
  });

  it('marks the right column far to the right', () => {
    const text = spoilt('{ read: /a }', `${'fsck, '.repeat(60)}{ read: /zz }`);
    const lines = shown(text).split('\n');
    const at = lines.findIndex((line) => line.startsWith('>'));
    const from = lines[at + 1]?.indexOf('^') ?? 0;
    expect(lines[at]?.slice(from, from + 3)).toBe('/zz');
  });

  it('looks the same in a file from Windows', () => {
    const text = spoilt('120s', '120');
    expect(shown(text.replaceAll('\n', '\r\n'))).toBe(shown(text));
  });

  it('shows control characters of the file as pictures', () => {
    expect(shown(spoilt('120s', '"\u001b[31m\u202e"'))).toContain('duration: "␛[31m\ufffd"');
  });

  it('is red and bold where colours are wanted', () => {
    const text = shown(spoilt('hdd-7200', 'hdd-7201'), true).replaceAll('\u001b', '<ESC>');
    const [first, ...rest] = text.split('\n');
    expect(first).toMatch(/^<ESC>\[1mx\.yaml:8:21 mirror\.legs\[0\]\.latency<ESC>\[22m: expected /);
    expect(rest[2]).toMatch(/^<ESC>\[31m> {2}8 \|.*<ESC>\[39m$/);
    expect(rest[3]).toMatch(/^<ESC>\[31m +\| +\^+<ESC>\[39m$/);
    expect(rest.at(-1)).toBe('<ESC>[33mdid you mean hdd-7200?<ESC>[39m');
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(problemsIn(spoilt('hdd-7200', 'hdd'))))).toMatchObject([
      { file: 'x.yaml', line: 8, column: 21, path: 'mirror.legs[0].latency', found: '"hdd"' },
    ]);
  });
});
