import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { desync, inShell } from './program.js';

const TWO_STORES = 'scenarios/explore/one-page-2-stores.yaml';
const NEVER = ['--set', 'expect={ clear-when-idle: { exposed: never } }'];
const folder = mkdtempSync(join(tmpdir(), 'desync-explored-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);

describe.each(['scenario', 'free'] as const)(
  'a failure that explore found, timing %s',
  (timing) => {
    const schedule = at(`${timing}.json`);
    const search = ['explore', TWO_STORES, ...NEVER, '--first', '--timing', timing];
    const found = desync([...search, '--out', schedule]);

    it('is shrunk, told and kept', () => {
      expect([found.code, found.err]).toEqual([1, '']);
      expect(found.out).toMatch(/^FAIL: (?:.|\n)*shrunk: diverged \(data\)(?:.|\n)*1-minimal/);
      const json = JSON.parse(desync([...search, '--json']).out) as unknown;
      expect(json).toMatchObject({ shrunk: { minimal: true, timing, failure: { block: 'data' } } });
    });

    it('is a schedule that shrinks no further', () => {
      const { code, out } = desync(['shrink', '--schedule', schedule, '--json']);
      expect(code).toBe(0);
      const { before, after } = (JSON.parse(out) as { shrunk: Record<string, unknown> }).shrunk;
      expect(after).toEqual(before);
    });

    it('becomes a scenario that run and replay show, with their own commands', () => {
      const yaml = at(`${timing}.yaml`);
      expect(desync(['promote', schedule, '--out', yaml])).toEqual({ code: 0, out: '', err: '' });
      const { code, out } = desync(['run', yaml]);
      expect(code).toBe(0);
      expect(out).toMatch(/^PASS-BOUNDED .*: diverged/);
      expect(out).toMatch(timing === 'free' ? /crash +after \d+ events/ : /crash +at 30\.00/);
      const repeat = /^repeat: (.*)$/m.exec(out)?.[1] ?? '';
      expect(inShell(repeat).out).toBe(out);
      const replayed = desync(['replay', yaml]).out;
      expect(replayed).toMatch(timing === 'free' ? /^ +step +app/m : /^ +seconds +app/m);
      expect(replayed).toContain('power is lost');
    });
  },
);

describe('explore', () => {
  const free = ['explore', TWO_STORES, '--timing', 'free', '--first'];

  it('keeps an expected failure as well, and as it was found where it is told so', () => {
    const file = at('found.json');
    const { code, out } = desync([...free, '--no-shrink', '--out', file]);
    expect(code).toBe(0);
    expect(out).not.toContain('shrunk');
    expect(JSON.parse(desync(['shrink', '--schedule', file, '--json']).out)).toMatchObject({
      shrunk: { before: { steps: 4, events: 13 }, minimal: true },
    });
  });

  it('shrinks nothing that was expected, or that it is told not to', () => {
    expect(desync(free).out).not.toContain('shrunk');
    const failed = desync([...free, ...NEVER, '--no-shrink']);
    expect(failed.code).toBe(1);
    expect(failed.out).not.toContain('shrunk');
  });

  it('writes no file where nothing diverged', () => {
    const file = at('none.json');
    const { err } = desync([
      ...['explore', TWO_STORES, '--strategy', 'mark-until-unmount', '--out', file],
    ]);
    expect(err).toContain('no divergence was found');
    expect(existsSync(file)).toBe(false);
  });

  it('keeps the failure of one search only', () => {
    const { code, err } = desync([...free, '--timing', 'both', '--out', at('two.json')]);
    expect(code).toBe(2);
    expect(err).toContain('--timing');
    const two = desync(['explore', TWO_STORES, '--timing', 'both', '--out', at('two.json')]);
    expect([two.code, existsSync(at('two.json'))]).toEqual([2, false]);
    expect(two.err).toContain('--out keeps the failure of one search, and these are 2');
  });
});

describe('export', () => {
  it('knows no instant in free timing', () => {
    const { code, err } = desync([
      ...['export', at('free.yaml'), '--out', at('disks'), '--at', '30s'],
    ]);
    expect(code).toBe(2);
    expect(err).toContain('free timing has none');
  });
});
