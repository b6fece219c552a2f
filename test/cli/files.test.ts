import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { desync, ROOT, SCENARIO, toy } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'desync-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('scenario files', () => {
  it('that are right are said to be', () => {
    expect(desync(['validate', SCENARIO])).toEqual({ code: 0, out: `${SCENARIO}: ok\n`, err: '' });
  });

  it('are all looked at, and every problem of each is told', () => {
    const bad = join(folder, 'bad.yaml');
    writeFileSync(
      bad,
      readFileSync(join(ROOT, SCENARIO), 'utf8').replace('10s', '10').replace('nvme', 'nvm'),
    );
    const { code, out, err } = desync(['validate', 'nosuch.yaml', SCENARIO, bad]);
    expect([code, out]).toEqual([2, `${SCENARIO}: ok\n`]);
    expect(err).toContain('nosuch.yaml: there is no such file\n\n');
    expect(err).toContain(`${bad}:2:11 duration: expected`);
    expect(err).toContain('did you mean nvme?');
    expect(err).toMatch(/\n\nrepeat: npx desync validate nosuch\.yaml \S+ \S+\n$/);
  });

  it('are data in JSON', () => {
    const { code, out } = desync(['run', SCENARIO, '--set', 'duration=5', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      format: 'desync/run@1',
      verdict: 'ERROR',
      problems: [{ file: '--set', line: 1, column: 10, path: 'duration', found: '5', hint: null }],
      runs: [],
    });
  });

  it('may come from standard input', () => {
    const input = readFileSync(join(ROOT, SCENARIO), 'utf8');
    const { code, out } = toy(['run', '-', '--strategy', 'clear-when-idle'], { input });
    expect(code).toBe(0);
    expect(out).toContain('PASS-BOUNDED  stdin under clear-when-idle, seed');
    expect(out).toContain('repeat: npx desync run - --strategy clear-when-idle --seed');
  });

  it('may have names that a shell would take apart', () => {
    const name = "it's 50% $HOME.yaml";
    writeFileSync(join(folder, name), readFileSync(join(ROOT, SCENARIO)));
    writeFileSync(join(folder, '-x.yaml'), readFileSync(join(ROOT, SCENARIO)));
    const { out } = toy(['run', name, '--strategy', 'clear-when-idle'], { cwd: folder });
    expect(out).toContain("repeat: npx desync run 'it'\\''s 50% $HOME.yaml' --strategy");
    const dash = toy(['run', '--strategy', 'clear-when-idle', '--', '-x.yaml'], { cwd: folder });
    expect(dash.out).toContain('repeat: npx desync run ./-x.yaml --strategy');
  });

  it('that cannot be read are told why, without a stack', () => {
    const names = ['.', `${SCENARIO}/x`, '/dev/zero', 'x'.repeat(300)];
    const { code, err } = desync(['run', ...names]);
    expect(code).toBe(2);
    expect(err.split('\n\n').slice(0, 3)).toEqual([
      '.: is a folder, not a scenario file',
      `${SCENARIO}/x: there is no such file`,
      '/dev/zero: more than 1 MiB, which no scenario is',
    ]);
    expect(err).toContain('x…: the name is too long for a file');
    expect(err).not.toMatch(/^ {4}at /m);
  });

  it('that are no text, or nothing, are refused', () => {
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x73, 0xe9]));
    writeFileSync(join(folder, 'empty.yaml'), '');
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
    const { code, err } = desync(['validate', 'latin1.yaml', 'empty.yaml', 'loop.yaml'], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(err).toContain('latin1.yaml: is not UTF-8 text');
    expect(err).toContain('empty.yaml:1:1');
    expect(err).toContain('loop.yaml: is a link that leads nowhere');
  });

  it('that expect something of a strategy that does not exist are refused', () => {
    const { code, err } = desync(['validate', SCENARIO, '--set', 'expect={ clear-when-idel: {} }']);
    expect(code).toBe(2);
    expect(err).toContain(
      'expect: there is no strategy "clear-when-idel"; did you mean clear-when-idle?',
    );
  });
});

describe('a change by --set', () => {
  it.each([
    ['duration', '--set duration: '],
    ['mirror.legs[7].latency=nvme', 'expected an index below 2, found 7'],
    ['duration=5', 'expected a duration with its unit'],
  ])('%s is refused where it stands', (change, why) => {
    const { code, err } = desync(['validate', SCENARIO, '--set', change]);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it('reaches the scenario', () => {
    expect(desync(['validate', SCENARIO, '--set', 'duration=20s', '--set', 'crash=15s']).code).toBe(
      0,
    );
  });
});

describe('what needs no scenario', () => {
  it('the schema is a JSON Schema', () => {
    const { code, out } = desync(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'object', title: 'desync scenario' });
  });

  it('the strategies are listed, as text and as data', () => {
    expect(desync(['strategies']).out).toMatch(/^clear-when-idle +dm-raid1 as it is/);
    const listed: unknown = JSON.parse(desync(['strategies', '--json']).out);
    expect(listed).toMatchObject({
      format: 'desync/strategies@1',
      verdict: null,
      repeat: 'npx desync strategies --json',
    });
  });
});
