import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { desync, inShell, ROOT } from './program.js';

const MAIL = 'scenarios/ext2-bitmap.yaml';
const folder = mkdtempSync(join(tmpdir(), 'desync-shrink-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);

describe('desync shrink', () => {
  const schedule = at('mail.json');
  const answer = desync(['shrink', MAIL, '--seed', '1150', '--out', schedule]);

  it('says how much is left, that nothing more can go, and what happens', () => {
    const { code, out, err } = answer;
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^ext2-bitmap under clear-when-idle, shrunk: harmed \(block-used-twice\)/);
    expect(out).toMatch(/was +6 steps, 18,082 answers other than 0, 23,789 events/);
    expect(out).toMatch(/is +5 steps, 0 answers other than 0, 101 events/);
    expect(out).toMatch(/1-minimal +removing or lowering any single thing makes the failure go/);
    expect(out).toMatch(/block bitmap of group 0(?:.|\n)*crash/);
    expect(out).toContain('- { append: [ /a, 1100B ] }');
  });

  it('has JSON with the scenario that is left', () => {
    const { code, out } = desync(['shrink', '--schedule', schedule, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'desync/shrink@1',
      verdict: null,
      shrunk: {
        failure: { outcome: 'harmed', harm: 'block-used-twice', block: null },
        after: { steps: 5, answers: 0 },
        minimal: true,
        scenario: { crash: 'first-exposed', choices: {} },
      },
    });
  });

  it('writes over nothing without --force', () => {
    const again = ['shrink', '--schedule', schedule, '--out', `${schedule}.again`];
    expect(desync(again).code).toBe(0);
    const { code, err } = desync(again);
    expect(code).toBe(2);
    expect(err).toContain('--force overwrites it');
    expect(desync([...again, '--force']).code).toBe(0);
  });

  it('has nothing to do where nothing fails', () => {
    const { code, out } = desync(['shrink', MAIL, '--strategy', 'mark-until-unmount']);
    expect(code).toBe(4);
    expect(out).toContain('nothing to shrink, this run is clean');
  });

  it('wants one thing to shrink', () => {
    expect(desync(['shrink']).err).toContain('shrink needs a scenario file, or --schedule F');
    const both = desync(['shrink', MAIL, '--schedule', schedule, '--seed', '3']);
    expect(both.code).toBe(2);
    expect(both.err).toContain('a scenario file, --seed cannot be said besides');
  });

  it('is promoted to a scenario that shows it without a seed', () => {
    const yaml = at('mail-race.yaml');
    expect(desync(['promote', schedule, '--out', yaml])).toEqual({ code: 0, out: '', err: '' });
    const { code, out } = desync(['run', yaml]);
    expect(code).toBe(0);
    expect(out).toMatch(/^PASS-BOUNDED {2}mail-race under clear-when-idle: harmed/);
    const repeat = /^repeat: (.*)$/m.exec(out)?.[1] ?? '';
    expect(repeat).not.toContain('--seed');
    expect(inShell(repeat).out).toBe(out);
    const seeded = desync(['run', yaml, '--seed', '3']);
    expect(seeded.code).toBe(2);
    expect(seeded.err).toContain('fixes its choices: --seed has nothing to choose');
  });
});

describe('fixed choices', () => {
  const TWO_STORES = 'scenarios/explore/one-page-2-stores.yaml';
  const fixed = (choices: string) =>
    desync(['run', TWO_STORES, '--strategy', 'clear-when-idle', '--set', `choices=${choices}`]);

  it('are refused where a question is another one now', () => {
    const { code, out } = fixed('{ leg 0: [[0, seek, 2, 1]] }');
    expect(code).toBe(2);
    expect(out).toMatch(/^ERROR/);
    expect(out.replace(/\s+/g, ' ')).toContain(
      "stream 'leg 0', question 0: stored 'seek' of 2, asked 'first sample' of 2",
    );
  });

  it('are refused where a question is gone', () => {
    const { code, out } = fixed('{ leg 0: [[0, first sample, 2, 1], [4001, first sample, 2, 1]] }');
    expect(code).toBe(2);
    expect(out.replace(/\s+/g, ' ')).toContain(
      "stream 'leg 0', question 4001: stored 'first sample' of 2, which this run never asks",
    );
  });

  it('leave nothing to explore or to compare', () => {
    const none = ['--set', 'choices={}'];
    expect(desync(['explore', TWO_STORES, ...none]).err).toContain('there is nothing to explore');
    expect(desync(['compare', MAIL, ...none]).err).toContain('there is nothing to compare');
  });
});

describe('a schedule file', () => {
  it('is refused with every problem at once, each with its place', () => {
    const file = at('bad.json');
    const found = '{ "format": "desync/schedule@9", "tool": {}, "strategy": { "name": "x y" } }';
    writeFileSync(file, found);
    const { code, err } = desync(['promote', file]);
    expect(code).toBe(2);
    for (const path of ['format', 'tool.version', 'strategy.name', 'failure', 'scenario']) {
      expect(err).toContain(` ${path}: expected`);
    }
  });
});

describe("a schedule of a strategy of the user's own", () => {
  const mine = (clears: string): void => {
    const head = "name: 'mine', summary: 'Mine.', record: 'dm-log'";
    writeFileSync(
      at('mine.js'),
      `export default { ${head}, region: (c) => (c === '${clears}' ? 'clear' : 'hold') };\n`,
    );
  };
  const here = { cwd: folder };
  mine('drained');
  const found = desync(
    [
      ...['explore', `${ROOT}scenarios/explore/one-page-2-stores.yaml`, '--strategy', './mine.js'],
      ...['--first', '--out', 'mine.json'],
    ],
    here,
  );

  it('knows the file that it was found with, and is promoted with it', () => {
    expect(found.err).toBe('');
    const { strategy } = JSON.parse(readFileSync(at('mine.json'), 'utf8')) as {
      strategy: { name: string; sha256: string };
    };
    const sha256 = createHash('sha256')
      .update(readFileSync(at('mine.js')))
      .digest('hex');
    expect(strategy).toEqual({ name: './mine.js', sha256 });
    const { code, out } = desync(['promote', 'mine.json'], here);
    expect(code).toBe(0);
    expect(out).toContain('./mine.js');
  });

  it('is refused by shrink and promote with any other file, or where its hash is gone', () => {
    mine('synced');
    const refusals = [
      ['promote', 'mine.json'],
      ['shrink', '--schedule', 'mine.json'],
    ];
    for (const args of refusals) {
      const { code, err } = desync(args, here);
      expect(code).toBe(2);
      expect(err).toContain('./mine.js is another file than the one that this was found with');
    }
    mine('drained');
    const text = readFileSync(at('mine.json'), 'utf8');
    writeFileSync(at('nameless.json'), text.replace(/,\s*"sha256": "[0-9a-f]{64}"/, ''));
    expect(desync(['promote', 'nameless.json'], here).code).toBe(2);
    expect(desync(['promote', 'mine.json'], here).code).toBe(0);
  });
});

describe("a failure under a strategy of the user's own that goes by its thread", () => {
  const here = { cwd: folder };
  writeFileSync(
    at('moody.js'),
    `import { isMainThread } from 'node:worker_threads';
    const region = (c) => (c === 'written' || isMainThread ? 'hold' : 'clear');
    export default { name: 'moody', summary: 'Moody.', record: 'dm-log', region };`,
  );
  const args = ['shrink', `${ROOT}scenarios/short.yaml`, '--strategy', './moody.js', '--seed', '3'];

  it('is called neither minimal nor repeatable, with the exit code of nondeterminism', () => {
    const { code, out } = desync(args, here);
    expect(code).toBe(3);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'not minimal made again it came out otherwise: under this strategy a run depends on',
    );
    const json = desync([...args, '--json'], here);
    expect([json.code, JSON.parse(json.out)]).toMatchObject([
      3,
      { verdict: 'NONDETERMINISTIC', shrunk: { minimal: false, repeats: false } },
    ]);
  });
});
