import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  REPORTERS,
  reporterNamed,
  type ReporterName,
} from '../../../src/report/reporters/by-name.js';
import type { About, Results, Trouble } from '../../../src/report/reporters/reporter.js';
import type { Run } from '../../../src/report/view.js';
import { resultsOf, rowOf } from '../../support/results.js';
import { clean, harmed, plain } from '../mail-race.js';

const ABOUT: About = {
  command: 'run',
  version: '1.2.3',
  view: plain(80),
  inFull: false,
  keepsRuns: true,
};
const told = (name: ReporterName, results: Results): string =>
  [...reporterNamed(name, ABOUT).end(results)].join('');
const refused = (name: ReporterName, trouble: Trouble): string =>
  [...reporterNamed(name, ABOUT).refused(trouble)].join('');

const run = (change: Partial<Run>): Run => ({ ...clean, verdict: 'PASS-BOUNDED', ...change });
const failed = run({
  verdict: 'FAIL',
  outcome: 'harmed',
  reasons: ['expected no exposure, found 2 windows'],
  strategy: 'md-bitmap',
  repeat: 'npx desync run x.yaml --seed 1',
});
const idle = run({ verdict: 'VOID', reasons: ['no store met a write'], strategy: 'core-log' });
const stopped = run({ verdict: 'ERROR', reasons: ['too many events'], strategy: 'lock-pages' });
const differs = run({
  verdict: 'NONDETERMINISTIC',
  reasons: ['event 17'],
  strategy: 'bounce-copy',
});
const ALL = [harmed, failed, idle, stopped, differs].map((each) => rowOf(each));

/** Names as hostile as a file can make them. */
const NASTY = `a]]>&<b>"'|\`*#%:,\u001b[31m\r\n\u0007\uffff\u0085\u202e::error::x`;
const HOSTILE = resultsOf([
  rowOf({ ...failed, scenario: NASTY, strategy: NASTY, reasons: [NASTY, NASTY] }),
]);
const TROUBLE: Trouble = {
  kind: 'ERROR',
  problems: [
    {
      file: 'a,b:c%.yaml',
      line: 3,
      column: 7,
      path: 'duration',
      expected: 'a time',
      found: `"${NASTY}"`,
      hint: null,
    },
  ],
  repeat: 'npx desync run x.yaml',
};

describe('every reporter', () => {
  // eslint-disable-next-line no-control-regex -- the very thing that is looked for
  const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

  it.each(REPORTERS)('%s lets nothing through that a terminal would obey', (name) => {
    expect(told(name, HOSTILE)).not.toMatch(RAW);
    expect(refused(name, TROUBLE)).not.toMatch(RAW);
  });

  it.each(REPORTERS)('%s says the same each time, and ends its last line', (name) => {
    for (const results of [resultsOf(ALL), resultsOf([]), HOSTILE]) {
      const text = told(name, results);
      expect(told(name, results)).toBe(text);
      if (text !== '') expect(text.at(-1)).toBe('\n');
    }
  });
});

describe('junit', () => {
  it('is red exactly where the exit code is not 0', () => {
    const of = (each: Run): string => told('junit', resultsOf([rowOf(each)]));
    expect(of(harmed)).toContain('tests="1" failures="0" errors="0" skipped="0"');
    expect(of(failed)).toContain('tests="1" failures="1" errors="0" skipped="0"');
    for (const each of [idle, stopped, differs]) {
      expect(of(each)).toContain('tests="1" failures="0" errors="1" skipped="0"');
      expect(of(each)).toContain(`type="${each.verdict}"`);
    }
  });

  it('leaves out what was not begun, but not where nothing was, nor after Ctrl-C', () => {
    const none = rowOf(failed, 0, 3);
    const bailed = told('junit', resultsOf([rowOf(harmed), none], 'bail'));
    expect(bailed).toContain('<skipped message="not run: ended by --bail"/>');
    expect(bailed).toContain('failures="0" errors="0" skipped="1"');
    expect(told('junit', resultsOf([none], 'timeout'))).toContain('message="nothing was run"');
    const half = told('junit', resultsOf([rowOf(harmed, 1, 3), none], 'interrupted'));
    expect(half).toContain('<error message="interrupted after 1 of 3 runs" type="INTERRUPTED">');
    expect(half).toContain('failures="0" errors="2" skipped="0"');
  });

  it('has a suite for each scenario and a case for each strategy', () => {
    const other = rowOf({ ...harmed, scenario: 'kswapd' });
    const text = told('junit', resultsOf([...ALL, other]));
    expect(
      [...text.matchAll(/<testsuite name="([^"]*)" tests="(\d)"/g)].map((m) => m.slice(1)),
    ).toEqual([
      ['ext2-bitmap', '5'],
      ['kswapd', '1'],
    ]);
    expect(text).toContain('<testcase classname="kswapd.yaml" name="clear-when-idle" time="0">');
  });

  it('escapes what XML would read, and drops what it forbids', () => {
    const text = told('junit', HOSTILE);
    expect(text).toContain('name="a]]&gt;&amp;&lt;b&gt;&quot;&apos;|`*#%:,\\u001b[31m');
    expect(text).not.toContain('\uffff');
  });

  const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;
  it.skipIf(!hasXmllint)('is read by xmllint (skipped where libxml2-utils is missing)', () => {
    const texts = [resultsOf(ALL), HOSTILE, resultsOf([])].map((each) => told('junit', each));
    for (const input of [...texts, refused('junit', TROUBLE)]) {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input });
      expect([status, stderr.toString()]).toEqual([0, '']);
    }
  });
});

describe('tap', () => {
  it('numbers its rows, and is not ok where the exit code is not 0', () => {
    const text = told('tap', resultsOf([...ALL, rowOf(failed, 0, 3)], 'bail'));
    expect(text.split('\n').slice(0, 2)).toEqual(['TAP version 13', '1..6']);
    expect(text.match(/^(not )?ok \d+/gm)).toEqual([
      ...['ok 1', 'not ok 2', 'not ok 3', 'not ok 4', 'not ok 5', 'ok 6'],
    ]);
    expect(text).toMatch(/^ok 6 - .* # SKIP not run: ended by --bail$/m);
  });

  const hasProve = spawnSync('prove', ['--version']).error === undefined;
  it.skipIf(!hasProve)('is read by prove (skipped where perl is missing)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'desync-tap-'));
    const proved = (text: string): string => {
      writeFileSync(join(folder, 'x.tap'), text);
      const { stdout, stderr } = spawnSync('prove', ['--exec', 'cat', join(folder, 'x.tap')]);
      return stdout.toString() + stderr.toString();
    };
    expect(proved(told('tap', resultsOf([rowOf(harmed), rowOf(clean)])))).toContain('Result: PASS');
    const mixed = proved(told('tap', resultsOf(ALL)));
    expect(mixed).toContain('Tests: 5 Failed: 4');
    expect(mixed).not.toContain('Parse errors');
    expect(proved(told('tap', HOSTILE))).toContain('Failed 1/1 subtests');
    expect(proved(refused('tap', TROUBLE))).toContain('Bailout called.');
    rmSync(folder, { recursive: true });
  });
});

describe('github', () => {
  it('annotates the file of what did not pass', () => {
    expect(told('github', resultsOf([rowOf(harmed), rowOf(failed)]))).toBe(
      '::error file=ext2-bitmap.yaml,title=FAIL  ext2-bitmap under md-bitmap%2C seed 1::' +
        'expected no exposure, found 2 windows%0Arepeat: npx desync run x.yaml --seed 1\n',
    );
  });

  it('says ten times what is wrong, and then how often more', () => {
    const rows = (count: number): Results =>
      resultsOf(Array.from({ length: count }, () => rowOf(failed)));
    expect(told('github', rows(10)).match(/^::error /gm)).toHaveLength(10);
    expect(told('github', rows(10))).not.toContain('more');
    const text = told('github', rows(12));
    expect(text.match(/^::error /gm)).toHaveLength(10);
    expect(text).toMatch(/\nand 2 errors more, which GitHub would not show\n$/);
  });

  it('escapes what would end a property or a command', () => {
    expect(refused('github', TROUBLE)).toMatch(
      /^::error file=a%2Cb%3Ac%25\.yaml,line=3,col=7,title=ERROR {2}desync run::a,b:c%25\.yaml:3:7: /,
    );
    expect(told('github', HOSTILE).match(/^::/gm)).toHaveLength(1);
  });
});

describe('markdown', () => {
  it('is a table for each scenario, and the reasons below', () => {
    const text = told(
      'markdown',
      resultsOf([rowOf(harmed), rowOf(failed), rowOf(idle, 0, 3)], 'bail'),
    );
    expect(text).toMatchInlineSnapshot(`
      "## desync run: FAIL

      ### ext2-bitmap

      | strategy | runs | exposed | of the time | diverged | harmed | void | verdict |
      | --- | --: | --: | --: | --: | --: | --: | --- |
      | clear-when-idle | 3 | 3 | 25.1 % | 3 | 3 | 0 | PASS-BOUNDED |
      | md-bitmap | 3 | 0 | 0 % | 3 | 3 | 0 | FAIL |
      | core-log | 0 of 3 | - | - | - | - | - | not run |

      **FAIL** ext2-bitmap under md-bitmap, seed 1

      - expected no exposure, found 2 windows

      \`\`\`sh
      npx desync run x.yaml --seed 1
      \`\`\`

      Repeat all of it:

      \`\`\`sh
      npx desync run x.yaml
      \`\`\`
      "
    `);
  });

  it('keeps a name in its cell', () => {
    const rows = told('markdown', HOSTILE)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(3);
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).length);
    expect(cells).toEqual([10, 10, 10]);
  });
});

describe('jsonl', () => {
  it('says in one line that nothing was run, and why', () => {
    const lines = refused('jsonl', TROUBLE).split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      format: 'desync/run@1',
      verdict: 'ERROR',
      runs: [],
      problems: [{ line: 3, column: 7 }],
    });
  });
});
