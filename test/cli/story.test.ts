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

  it('is replayed as a table: ten lines to the crash, and what recovery makes of it', () => {
    const { code, out } = desync(['replay', MAIL, '--strategy', 'clear-when-idle']);
    expect(code).toBe(0);
    expect(/^Sector 6 [^]*?(?=\n {2}ran )/m.exec(out)?.[0]).toMatchInlineSnapshot(`
      "Sector 6 (block bitmap of group 0), region 0

        seconds  app     ext2   pdflush   mirror    leg 0   leg 1   region log
      29.737521  append  ext2_set_bit_atomic: a block for inode 12
                 /a
      30.000156                 writes it
      30.016979                                                     region 0 marked
      30.041664                                             samples old
      30.042081  append  ext2_set_bit_atomic: a block for inode 12
                 /a
      30.048410                                             lands old
      30.068710                                     *1 samples new
      30.075698                           complete  lands new
      30.113131                                                     *2 region 0 clean
      30.113131  ==== crash: power is lost ===========================================
       recovery  nothing to copy: every region was believed clean; sector 6 stays
                 different on the legs

      *1 splits the legs: this sample came after a store, another before it
      *2 seals it: the record calls the region clean, the legs differ
      "
    `);
  });

  it('is replayed in full with --all', () => {
    const { code, out } = desync(['replay', MAIL, '--all']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ *seconds +\w+.* leg 0 +leg 1 +log$/m);
    expect(out).toMatch(/\*\*\* exposed: .*\n(?:.*\n)? *\d+\.\d{6} {2}\*\*\* crash/);
    expect(out.split('\n').length).toBeGreaterThan(5000);
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
