import { afterAll, describe, expect, it } from 'vitest';
import { plannedCrash } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { Runner } from '../../src/lab/runner.js';
import { afterwards } from '../../src/aftermath/afterwards.js';
import { recover } from '../../src/aftermath/recover.js';
import { testBit } from '../../src/ext2/bitmap.js';
import { check } from '../../src/ext2/fsck/check.js';
import type { Sectors } from '../../src/media/sectors.js';
import { seeded } from '../../src/sim/seeded.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { ImageFolder, NO_E2FSCK } from '../support/image-folder.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

interface Polarity {
  readonly file: string;
  /** The bit of the raced block on leg 0 and on leg 1. */
  readonly bits: readonly [boolean, boolean];
  /**
   * What fsck says of the bitmap after the crash, and again of leg 1 in the end; N stands for the
   * block.
   */
  readonly afterCrash: string | undefined;
  readonly inTheEnd: RegExp | undefined;
  readonly harm: readonly string[];
}

/** The table of model.md, 4.5. */
const TABLE: readonly Polarity[] = [
  {
    file: 'latent',
    bits: [true, false],
    afterCrash: undefined,
    inTheEnd: /Multiply-claimed block\(s\)/,
    harm: ['block-used-twice'],
  },
  {
    file: 'unowned-bit-on-leg-0',
    bits: [true, false],
    afterCrash: '-N',
    inTheEnd: undefined,
    harm: [],
  },
  {
    file: 'stale-bit-on-leg-0',
    bits: [false, true],
    afterCrash: '+N',
    inTheEnd: undefined,
    harm: [],
  },
  {
    file: 'unowned-bit-on-leg-1',
    bits: [false, true],
    afterCrash: undefined,
    inTheEnd: /Block bitmap differences: {2}-N$/m,
    harm: ['block-lost'],
  },
];

const folder = new ImageFolder();
afterAll(() => {
  folder.clear();
});

describe.each(TABLE)('$file', ({ file, bits, afterCrash, inTheEnd, harm }) => {
  const scenario = shippedScenario(`polarity/${file}.yaml`);
  const lab = laboratory(scenario, clearWhenIdle);
  const crash = plannedCrash(lab, () => seeded(scenario.seed));
  if (crash === undefined) throw new Error(`${file} is never exposed`);
  const { image } = recover(crash.image);
  const outcome = new Runner().run(scenario, clearWhenIdle, scenario.seed);

  const isSet = (disk: Sectors, block: number): boolean => {
    const group = lab.layout.groupOfBlock(block);
    const bitmap = lab.layout.sectorOfBlock(lab.layout.blockBitmapOf(group));
    return testBit(disk, bitmap, block - lab.layout.firstBlockOf(group));
  };
  const raced = Array.from({ length: lab.layout.blocksCount - 1 }, (_, n) => n + 1).filter(
    (block) => isSet(image.legs[0]!, block) !== isSet(image.legs[1]!, block),
  );
  const [block = 0] = raced;
  const bitmapLine = (text: string): string | undefined =>
    /Block bitmap differences: +(.*)$/m.exec(text)?.[1]?.replace(`${block}`, 'N').trim();

  it('has one bit that differs, where nothing is marked', () => {
    expect(raced).toHaveLength(1);
    expect(image.legs.map((leg) => isSet(leg, block))).toEqual(bits);
    expect(outcome.divergence.map(({ belongsTo }) => belongsTo)).toContain(
      'block bitmap of group 0',
    );
  });

  it('is seen or not seen by our fsck through leg 0', () => {
    const found = check(image.legs[0]!).problems.map(({ text }) => text);
    expect(bitmapLine(found.join('\n'))).toBe(afterCrash);
    const others = found.filter((text) => !/^(Block bitmap|Free (blocks|inodes) count)/.test(text));
    expect(others).toEqual([]);
  });

  it('is healed by fsck, or is not', () => {
    const { legs } = afterwards(image, [{ do: 'fsck' }]);
    const healed = afterCrash !== undefined;
    const now = legs.map((leg) => isSet(leg, block));
    if (healed) expect(now).toEqual([!bits[0], !bits[0]]);
    else expect(now).toEqual(bits);
  });

  it('ends as the table says', () => {
    expect(
      outcome.harm.filter(({ kind }) => kind !== 'wrong-data').map(({ kind }) => kind),
    ).toEqual(harm);
    for (const one of outcome.harm) expect(one.block).toBe(block);
    expect(outcome.verdict).toBe('PASS-BOUNDED');
  });

  it.skipIf(NO_E2FSCK)(`is seen alike by the real e2fsck ${NO_E2FSCK ?? ''}`, () => {
    const runner = new Runner();
    folder.write(`${file}-crash`, runner.images(scenario, clearWhenIdle, scenario.seed, {}));
    const said = folder.e2fsck('-fn', `${file}-crash-leg0.img`);
    expect(said).toContain('Pass 5');
    expect(bitmapLine(said)).toBe(afterCrash);
    expect(said).not.toMatch(/\b[Ii]node \d+/);
  });

  it.skipIf(NO_E2FSCK)(`ends alike for the real e2fsck on leg 1 alone ${NO_E2FSCK ?? ''}`, () => {
    const runner = new Runner();
    const images = runner.images(scenario, clearWhenIdle, scenario.seed, { after: 'aftermath' });
    folder.write(`${file}-end`, images);
    const said = folder.e2fsck('-fn', `${file}-end-leg1.img`).replaceAll(`${block}`, 'N');
    const ours = check(afterwards(image, scenario.aftermath).legs[0]!)
      .problems.map(({ text }) => text)
      .join('\n')
      .replaceAll(`${block}`, 'N');
    for (const text of [said, ours]) {
      if (inTheEnd === undefined) expect(text).not.toMatch(/differences|Multiply-claimed/);
      else expect(text).toMatch(inTheEnd);
    }
  });
});
