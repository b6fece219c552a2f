import { afterAll, describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { BITSET_AT, isClean } from '../../src/media/dm-log.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { ImageFolder, NO_E2FSCK } from '../support/image-folder.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const scenario = shippedScenario('ext2-bitmap.yaml');
const runner = new Runner();
const mail = runner.run(scenario, clearWhenIdle, scenario.seed);

const folder = new ImageFolder();
afterAll(() => {
  folder.clear();
});
const imagesAs = (prefix: string, after?: 'recovery' | 'aftermath'): void => {
  const when = after === undefined ? {} : { after };
  folder.write(prefix, runner.images(scenario, clearWhenIdle, scenario.seed, when));
};
imagesAs('crash');
imagesAs('recovered', 'recovery');
imagesAs('end', 'aftermath');

const bitmapSectors = mail.divergence.filter(({ belongsTo }) =>
  belongsTo.startsWith('block bitmap'),
);
const regionOf = (sector: number): number =>
  Math.floor((sector * 512) / scenario.mirror.regionBytes);

/** The bytes of a sector in one of the files. */
function sectorIn(name: string, sector: number): Buffer {
  return folder.bytes(name).subarray(sector * 512, (sector + 1) * 512);
}

describe('the story of the mail, as our judge tells it', () => {
  it('ends with a block of two files', () => {
    expect(mail.verdict).toBe('PASS-BOUNDED');
    expect(mail.outcome).toBe('harmed');
    const twice = mail.harm.filter(({ kind }) => kind === 'block-used-twice');
    expect(twice.length).toBeGreaterThan(0);
    for (const { files } of twice) expect(files).toEqual(['/a', '/b']);
  });

  it('begins in the block bitmap, while a write of it is in flight', () => {
    expect(bitmapSectors.length).toBeGreaterThan(0);
    expect(mail.storesUnderWrite).toBeGreaterThan(0);
    expect(mail.raceHits).toBeGreaterThan(0);
  });

  it('passes recovery by: the crash comes at the first exposed instant, and nothing is copied there', () => {
    const [first] = mail.exposure.windows;
    expect(mail.crash?.atNs).toBe(first?.fromNs);
    expect(mail.recovery).toMatchObject({ resyncedRegions: 0, resyncBytes: 0 });
    expect(first?.regions).toEqual([
      ...new Set(bitmapSectors.map(({ sector }) => regionOf(sector))),
    ]);
  });

  it('passes fsck by: it says nothing of a bitmap, a file or an inode', () => {
    const [fsck] = mail.aftermath;
    expect(fsck?.step).toBe('fsck');
    for (const line of fsck?.lines ?? []) expect(line).toMatch(/^Free (blocks|inodes) count wrong/);
  });

  it('does not happen while the region stays marked', () => {
    const held = runner.run(scenario, markUntilUnmount, scenario.seed);
    expect(held.verdict).toBe('PASS-BOUNDED');
    expect(held.exposure.windowCount).toBe(0);
    expect(held.raceHits).toBeGreaterThan(0);
  });
});

describe('the disks of that run', () => {
  it('have a log in which the bit of the region is clean', () => {
    const log = folder.bytes('crash-log.img');
    expect(log.subarray(0, 8).toString('hex')).toBe('7252694d02000000');
    for (const { sector } of bitmapSectors) expect(isClean(log, regionOf(sector))).toBe(true);
    const regions = Number(log.readBigUInt64LE(8));
    const bits = log.subarray(BITSET_AT, BITSET_AT + regions / 8);
    expect([...bits]).toEqual(Array.from({ length: regions / 8 }, () => 0xff));
  });

  it('differ in the bitmap, by bits that are set on leg 0 and not on leg 1', () => {
    for (const { sector } of bitmapSectors) {
      const leg1 = sectorIn('crash-leg1.img', sector);
      const onlyOn1 = sectorIn('crash-leg0.img', sector).map((byte, i) => leg1[i]! & ~byte);
      expect(onlyOn1.every((byte) => byte === 0)).toBe(true);
      expect(sectorIn('crash-leg0.img', sector).equals(leg1)).toBe(false);
    }
  });

  it('are the same before and after recovery', () => {
    for (const leg of ['leg0.img', 'leg1.img', 'log.img']) {
      expect(folder.bytes(`recovered-${leg}`).equals(folder.bytes(`crash-${leg}`))).toBe(true);
    }
  });

  it('are one fewer in the end, and the one that is left keeps its number', () => {
    expect(() => folder.bytes('end-leg0.img')).toThrow('ENOENT');
    expect(folder.bytes('end-leg1.img').length).toBe(scenario.filesystem.bytes);
  });
});

describe.skipIf(NO_E2FSCK)(`the real e2fsck on those disks ${NO_E2FSCK ?? ''}`, () => {
  it('finds nothing on leg 0 but free counts', () => {
    const said = folder.e2fsck('-fn', 'crash-leg0.img');
    expect(said).toContain('Pass 5');
    expect(said).not.toContain('Block bitmap differences');
    expect(said).not.toMatch(/\/a|\b[Ii]node \d+|[Ee]ntry|[Uu]nattached|Multiply-claimed/);
  });

  it('leaves the bitmap of leg 0 as it is when it repairs what boot repairs', () => {
    folder.copy('crash-leg0.img', 'preened.img');
    folder.e2fsck('-fp', 'preened.img');
    expect(folder.e2fsck('-fn', 'preened.img')).not.toContain('wrong');
    for (const { sector } of bitmapSectors) {
      expect(sectorIn('preened.img', sector).equals(sectorIn('crash-leg0.img', sector))).toBe(true);
    }
  });

  it('finds the block of two files on leg 1 in the end', () => {
    const said = folder.e2fsck('-fn', 'end-leg1.img');
    expect(said).toContain('Multiply-claimed block(s)');
    const blocks = mail.harm.filter(({ kind }) => kind === 'block-used-twice');
    for (const { block } of blocks)
      expect(said).toMatch(new RegExp(`in inode \\d+:.*\\b${block}\\b`));
  });
});
