/** Commands in the documents are commands of the program, and those of npm are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../src/cli/commands.js';
import { helpText } from '../../src/cli/help.js';
import { parse } from '../../src/cli/parse.js';
import { Misused } from '../../src/cli/refused.js';
import type { Verdict } from '../../src/lab/outcome.js';
import { exitCodeOf } from '../../src/report/verdict.js';
import { loadScenario } from '../../src/scenario/load.js';
import { parseChange } from '../../src/scenario/path.js';
import { strategyNamed } from '../../src/strategies/shipped.js';
import {
  ROOT,
  blocks,
  callsOf,
  documentAt,
  documents,
  section,
  shellLines,
  spans,
  tableRows,
} from '../support/documents.js';

const same = (text: string): string => text;
const VIEW = { paint: { good: same, bad: same, warn: same, dim: same, strong: same }, width: 200 };
const SCRIPTS = Object.keys(
  z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).scripts,
);
const EVERY = documents();
const README = documentAt('README.md');
const CONTRIBUTING = documentAt('CONTRIBUTING.md');

/** What is wrong with a call; undefined: nothing. In running text files may be left out. */
async function complaintOf(words: readonly string[], where: string): Promise<string | undefined> {
  try {
    await parse(words, '0', VIEW);
  } catch (error) {
    if (!(error instanceof Misused)) throw error;
    const isShort = /needs (a scenario file|a schedule file|the parts of a sweep)/.test(
      error.message,
    );
    if (where === 'block' || !isShort) return `desync ${words.join(' ')}: ${error.message}`;
  }
  const named = words.flatMap((word, n) =>
    /^--strateg(y|ies)$/.test(words[n - 1] ?? '') ? word.split(',') : [],
  );
  const unknown = named.filter(
    (name) => !/[/A-Z]/.test(name) && name !== 'all' && strategyNamed(name) === undefined,
  );
  return unknown.length > 0 ? `no strategy ${unknown.join()}` : refusalOf(words);
}

/** What stands against the changes of a call, made to the scenarios that it names. */
function refusalOf(words: readonly string[]): string | undefined {
  const changes = words.flatMap((word, n) => (words[n - 1] === '--set' ? [parseChange(word)] : []));
  for (const text of words.flatMap(scenarioTextOf)) {
    for (const change of changes) {
      if (typeof change === 'string') return change;
      const loaded = loadScenario(text, { file: 'x.yaml', name: 'x' }, [change]);
      if (!loaded.ok) return `${change.path}: expected ${loaded.problems[0]?.expected ?? ''}`;
    }
  }
  return undefined;
}

/** A shipped scenario, or the one that a document tells its readers to save. */
function scenarioTextOf(name: string): string[] {
  if (name === 'counter.yaml') {
    return blocks(documentAt('docs/write-a-scenario.md'), 'yaml').slice(0, 1);
  }
  const path = join(ROOT, name);
  return name.endsWith('.yaml') && existsSync(path) ? [readFileSync(path, 'utf8')] : [];
}

describe('commands in the documents', () => {
  it.each(EVERY)('are understood by the program: $path', async (document) => {
    const complaints = [
      ...(await Promise.all(
        shellLines(document)
          .flatMap((line) => callsOf('desync', line))
          .map((words) => complaintOf(words, 'block')),
      )),
      ...(await Promise.all(
        spans(document)
          .flatMap((span) => callsOf('desync', span))
          .map((words) => complaintOf(words, 'text')),
      )),
    ];
    expect(complaints.filter((complaint) => complaint !== undefined)).toEqual([]);
  });

  it.each(EVERY)('are scripts of package.json: $path', (document) => {
    const run = [...shellLines(document), ...spans(document)]
      .flatMap((line) => callsOf('npm', line))
      .filter(([verb]) => verb === 'run')
      .map((words) => words.slice(1).find((word) => !word.startsWith('-')));
    expect(run.filter((script) => !SCRIPTS.includes(script ?? ''))).toEqual([]);
  });

  it('are enough to tell that they are looked at', () => {
    const found = [shellLines, spans].map((lines) =>
      EVERY.flatMap(lines).flatMap((line) => callsOf('desync', line)),
    );
    for (const calls of found) expect(calls.length).toBeGreaterThan(12);
  });

  it.each([
    ['desync rum scenarios/ext2-bitmap.yaml', 'unknown command "rum"'],
    ['npx desync run scenarios/ext2-bitmap.yaml --sed 1', 'unknown option --sed'],
    ['npx desync run && echo yes', 'run needs a scenario file'],
    ['npx desync export scenarios/ext2-bitmap.yaml > out', 'export needs --out'],
    ['npx desync run a.yaml --strategy lock-page | head', 'no strategy lock-page'],
    ['desync run counter.yaml --set mirror.legs.2.latency=nvme', 'mirror.legs.2.latency: expected'],
    ['desync run scenarios/short.yaml --set duration', 'expected path=value'],
  ])('would be refused: %s', async (line, complaint) => {
    const [words = []] = callsOf('desync', line);
    expect(await complaintOf(words, 'block')).toContain(complaint);
  });
});

describe('the README', () => {
  it('has a row for each command, as help calls it', () => {
    const told = tableRows(section(README, 'Commands'))
      .map(([command = '']) => /^`(desync .*)`$/.exec(command)?.[1])
      .filter((command) => command !== undefined);
    const called = COMMANDS.map(({ name, operands, options }) => {
      const required = Object.entries(options)
        .filter(([, option]) => option.required)
        .map(([option, { value }]) => `--${option} ${value ?? ''}`);
      return ['desync', name, operands, ...required].filter((word) => word !== '').join(' ');
    });
    expect(told.sort()).toEqual(called.sort());
  });

  it('tells the exit codes as help and verdicts have them', () => {
    const rows = tableRows(section(README, 'Exit codes'));
    const [, inHelp = ''] = helpText(undefined, VIEW).split('Exit codes\n');
    const helped = [...inHelp.matchAll(/^ {2}(\d+) +(.*)$/gm)].map(([, code, text]) => [
      code,
      text,
    ]);
    expect(rows.map(([code, text]) => [code, text])).toEqual(helped);
    const verdicts: readonly Verdict[] = [
      ...(['PASS-COMPLETE', 'PASS-BOUNDED', 'FAIL', 'ERROR', 'NONDETERMINISTIC', 'VOID'] as const),
    ];
    for (const verdict of verdicts) {
      const row = rows.find(([, , words = '']) => words.split(', ').includes(`\`${verdict}\``));
      expect([verdict, row?.[0]]).toEqual([verdict, `${exitCodeOf(verdict)}`]);
    }
  });
});

describe('CONTRIBUTING', () => {
  it('names every script of package.json that somebody types', () => {
    const lines = [...shellLines(CONTRIBUTING), ...spans(CONTRIBUTING)].join('\n');
    const typed = SCRIPTS.filter((script) => !['prepare', 'test'].includes(script));
    expect(
      typed.filter((script) => !new RegExp(`npm run [^\\n]*\\b${script}\\b`).test(lines)),
    ).toEqual([]);
  });
});
