import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { desync, inShell, ROOT } from './program.js';

const MAIL = 'scenarios/ext2-bitmap.yaml';
const folder = mkdtempSync(join(tmpdir(), 'desync-story-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const hasE2fsck = spawnSync('e2fsck', ['-V']).error === undefined;

describe('the scenario of the mail, through the program', () => {
  it('shows what it expects, and the command it prints shows the same run', () => {
    const { code, out } = desync(['run', MAIL, '--strategy', 'clear-when-idle', '--json']);
    expect(code).toBe(0);
    const told: unknown = JSON.parse(out);
    expect(told).toMatchObject({
      verdict: 'PASS-BOUNDED',
      runs: [{ outcome: 'harmed', crash: { markedRegions: 0 }, recovery: { resyncBytes: 0 } }],
    });
    const [, repeat] = /"repeat": "(npx desync run .* --seed \d+)"/.exec(out) ?? [];
    expect(repeat).toBeDefined();
    const again: unknown = JSON.parse(inShell(`${repeat ?? ''} --json`).out);
    expect(again).toMatchObject({ runs: [{ fingerprint: fingerprintOf(told) }] });
  });

  it('is replayed as a timeline that ends with the crash', () => {
    const { code, out } = desync(['replay', MAIL]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ *seconds +\w+.* leg 0 +leg 1 +log$/m);
    expect(out).toMatch(/samples the old bytes(?:.|\n)*ext2_set_bit_atomic/);
    expect(out).toMatch(/\*\*\* exposed: .*\n *\d+\.\d{6} {2}\*\*\* crash/);
  });

  it('is exported as disks with a log in the format of dm-log', () => {
    const { code } = desync(['export', MAIL, '--out', folder]);
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual(['leg0.img', 'leg1.img', 'log.img']);
    expect(readFileSync(join(folder, 'log.img')).toString('latin1', 0, 4)).toBe('rRiM');
  });

  it.runIf(hasE2fsck)(
    'leaves a first leg in whose bitmap e2fsck finds nothing (skipped without e2fsprogs)',
    () => {
      const { stdout } = spawnSync('e2fsck', ['-fn', join(folder, 'leg0.img')], {
        encoding: 'utf8',
      });
      expect(stdout).toContain('Pass 5');
      expect(stdout).not.toContain('Block bitmap differences');
    },
  );

  it('is valid, and so is every other one', () => {
    const files = readdirSync(join(ROOT, 'scenarios'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `scenarios/${name}`);
    expect(desync(['validate', ...files]).code).toBe(0);
  });
});

function fingerprintOf(told: unknown): unknown {
  return /"fingerprint":"([0-9a-f]{16})"/.exec(JSON.stringify(told))?.[1];
}
