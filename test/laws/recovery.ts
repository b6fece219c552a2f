/** What a recovery must leave, whole or cut short. */
import { createHash } from 'node:crypto';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover, stepsOf } from '../../src/aftermath/recover.js';
import { crashAt } from '../../src/lab/crash.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import { regionOf } from '../../src/media/geometry.js';
import { toResync } from '../../src/media/record.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';
import { toldBy } from '../support/watched-run.js';

/** What crashes leave in the midst of writes to legs and log, and at any other instant. */
export function crashes(
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
  count: number,
): CrashImage[] {
  const lab = laboratory(scenario, strategy);
  const pick = dice(Number(seed));
  const transfers = toldBy(lab, seed).filter(({ kind }) => kind === 'transfer');
  const large = scenario.filesystem.bytes > 2 ** 20;
  const instants = Array.from({ length: large ? Math.ceil(count / 2) : count }, (_, n) =>
    n % 4 === 0
      ? pick(scenario.duration)
      : Math.min(transfers[pick(transfers.length)]!.at + pick(5e6), scenario.duration - 1),
  );
  lab.world.reset(seeded(seed));
  return instants.sort((a, b) => a - b).map((at) => crashAt(lab, instantOf(at)).image);
}

export interface Recoveries {
  readonly broken: readonly string[];
  /** Marked regions, or cuts, that were tried. */
  readonly tried: number;
}

/** Every marked region agrees, all else is as it was, and nothing is left to copy. */
export function recoveries(images: readonly CrashImage[]): Recoveries {
  const broken: string[] = [];
  let tried = 0;
  for (const image of images) {
    const { image: recovered } = recover(image);
    const regions = new Set(toResync(image.record));
    tried += regions.size;
    const isMarked = (sector: number): boolean => regions.has(regionOf(image.geometry, sector));
    const say = (what: string): number => broken.push(`${image.at} ns: ${what}`);
    const left = mismatchesOf(recovered);
    const inMarked = left.filter(isMarked);
    if (inMarked.length > 0) say(`sectors ${inMarked.join()} of marked regions still differ`);
    const untouched = mismatchesOf(image).filter((sector) => !isMarked(sector));
    if (left.join() !== untouched.join()) say('clean regions are not as they were');
    const source = (one: CrashImage): string => contentOf({ ...recovered, legs: [one.legs[0]!] });
    if (source(recovered) !== source(image)) say('the source leg was written');
    // Nothing of a core log is durable: the next crash copies all again.
    const again = image.record.format.kind === 'core' ? [...regions] : [];
    const marked = toResync(recovered.record);
    if (marked.join() !== again.join()) say(`regions ${marked.join()} are marked afterwards`);
  }
  return { broken, tried };
}

/** A second crash in the midst of a recovery, and a third: the end is the same. */
export function interruptions(images: readonly CrashImage[]): Recoveries {
  const pick = dice(7);
  const broken: string[] = [];
  let tried = 0;
  for (const image of images) {
    const steps = stepsOf(image).length;
    if (steps === 0) continue;
    const whole = contentOf(recover(image).image);
    for (let cut = pick(2); cut <= steps; cut += 1 + pick(Math.ceil(steps / 3))) {
      const once = recover(image, cut).image;
      const twice = recover(once, pick(stepsOf(once).length + 1)).image;
      tried++;
      if (contentOf(recover(twice).image) !== whole) broken.push(`${image.at} ns, cut at ${cut}`);
    }
  }
  return { broken, tried };
}

/** What the legs hold, and what the record says: how often it was written may differ. */
function contentOf({ legs, geometry, record }: CrashImage): string {
  const hash = createHash('sha256').update(toResync(record).join());
  for (const leg of legs) {
    hash.update(Int32Array.from({ length: geometry.sectors }, (_, sector) => leg.get(sector)));
  }
  return hash.digest('hex');
}
