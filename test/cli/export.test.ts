import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCENARIO, toy, type Answer } from './program.js';

describe('export', () => {
  let folder: string;
  let out: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-export-'));
    out = join(folder, 'disks', 'of-seed-1');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const exported = (...more: readonly string[]): Answer =>
    toy(['export', SCENARIO, '--seed', '1', '--out', out, ...more]);

  it('writes each disk as a sparse file', () => {
    expect(exported()).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(out)).toEqual(['leg0.img', 'leg1.img', 'log.img']);
    const { size, blocks } = statSync(join(out, 'leg1.img'));
    expect(size).toBe(8 * 1024 * 1024);
    expect(blocks * 512).toBeLessThan(64 * 1024);
    expect(readFileSync(join(out, 'leg1.img')).toString('utf8', 4096, 4104)).toBe('leg1.img');
  });

  it('comes to an end where no folder can be made', () => {
    const { code, err } = toy(['export', SCENARIO, '--seed', '1', '--out', '/proc/no/such']);
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      expect.stringMatching(/^desync: \/proc\/no\/such/),
    ]);
  });

  it('names what it wrote', () => {
    expect(exported().out.replaceAll(folder, '')).toMatchInlineSnapshot(`
      "/disks/of-seed-1/leg0.img  8 MiB
      /disks/of-seed-1/leg1.img  8 MiB
      /disks/of-seed-1/log.img   8 MiB
      "
    `);
  });

  it('does not touch what is there, and writes nothing at all then', () => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'log.img'), 'mine');
    const { code, err } = exported();
    expect(code).toBe(2);
    expect(err).toContain(`log.img is already in ${out}; --force overwrites it`);
    expect(readdirSync(out)).toEqual(['log.img']);
    expect(readFileSync(join(out, 'log.img'), 'utf8')).toBe('mine');
  });

  it('overwrites with --force, and leaves the rest of the folder', () => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'log.img'), 'mine');
    writeFileSync(join(out, 'notes.txt'), 'mine too');
    expect(exported('--force').code).toBe(0);
    expect(statSync(join(out, 'log.img')).size).toBe(8 * 1024 * 1024);
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine too');
  });

  it('says which images there are not of this mirror, and leaves them', () => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'leg2.img'), 'of three legs');
    const { code, err } = exported();
    expect([code, err]).toEqual([
      0,
      `leg2.img in ${out}: of an earlier export, no disk of this one\n`,
    ]);
    expect(readFileSync(join(out, 'leg2.img'), 'utf8')).toBe('of three legs');
  });

  it('replaces a link, and never writes through it', () => {
    const elsewhere = join(folder, 'precious');
    writeFileSync(elsewhere, 'precious');
    mkdirSync(out, { recursive: true });
    symlinkSync(elsewhere, join(out, 'leg0.img'));
    expect(exported().code).toBe(2);
    expect(exported('--force').code).toBe(0);
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect(lstatSync(join(out, 'leg0.img')).isSymbolicLink()).toBe(false);
  });

  it('refuses a folder that is a file, and a file that is a folder', () => {
    writeFileSync(join(folder, 'disks'), '');
    expect(exported().err).toContain('disks/of-seed-1 is a file, not a folder');
    rmSync(join(folder, 'disks'));
    mkdirSync(join(out, 'leg0.img'), { recursive: true });
    expect(exported('--force').err).toContain('leg0.img in');
    expect(readdirSync(out)).toEqual(['leg0.img']);
  });

  it('leaves no folder behind when there is nothing to write', () => {
    const { code, err } = toy(['export', SCENARIO, '--seed', '0', '--out', out]);
    expect(code).toBe(4);
    expect(err).toContain(
      'nothing to export: this run did not crash; --at TIME names an instant\n',
    );
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['5', '--at is a time with its unit, such as 42s or 1500ms, not "5"'],
    ['-5s', '--at is a time with its unit'],
    ['11s', '--at 11s is after the end of the run'],
  ])('refuses --at %s', (at, why) => {
    const { code, err } = exported('--at', at);
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses an --out without a name', () => {
    expect(toy(['export', SCENARIO, '--out=']).err).toContain('--out needs a value: --out DIR');
  });
});
