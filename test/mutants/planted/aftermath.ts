/** Bugs in what comes after a crash: recovery, the judge, what an administrator does. */
import type { Mutant } from '../mutant.js';

export const AFTERWARDS: readonly Mutant[] = [
  {
    name: 'recovery copies from the wrong leg',
    file: 'aftermath/recover.ts',
    line: 'const source = image.legs[image.defaultLeg]!;',
    becomes: 'const source = image.legs.at(-1)!;',
    caughtBy: 'recovery copies what is marked',
  },
  {
    name: 'recovery leaves out a short last region',
    file: 'aftermath/recover.ts',
    line: 'const end = Math.min((region + 1) * geometry.regionSectors, geometry.sectors);',
    becomes:
      'const end = Math.floor(Math.min((region + 1) * geometry.regionSectors, geometry.sectors) / geometry.regionSectors) * geometry.regionSectors;',
    caughtBy: 'recovery to the very end copies what is marked',
  },
  {
    name: 'a region that has recovered is not cleared',
    file: 'aftermath/recover.ts',
    line: 'buffer.clear(step.region);',
    becomes: '',
    caughtBy: 'recovery copies what is marked',
  },
  {
    name: 'a region is cleared before it has been copied',
    file: 'aftermath/recover.ts',
    line: "steps.push({ kind: 'copy', region, sector, sectors });",
    becomes: "steps.push({ kind: 'clear', region }, { kind: 'copy', region, sector, sectors });",
    caughtBy: 'recovery copies what is marked',
  },
  {
    name: 'the judge compares leg 0 with itself',
    file: 'aftermath/judge.ts',
    line: 'if (leg.get(sector) !== source.get(sector)) sectors.add(sector);',
    becomes: 'if (source.get(sector) !== source.get(sector)) sectors.add(sector);',
    caughtBy: 'a crash diverges where exposed',
  },
  {
    name: 'the judge blames the mirror for nothing',
    file: 'aftermath/judge.ts',
    line: 'const found = suffered.filter((one) => !anyway.has(keyOf(one)));',
    becomes: 'const found = suffered.filter((one) => anyway.has(keyOf(one)));',
    caughtBy: 'sweep',
  },
  {
    name: 'a removed leg is still read',
    file: 'aftermath/afterwards.ts',
    line: 'this.legs = this.legs.filter((leg) => leg.number !== number);',
    becomes: 'this.legs = this.legs.filter((leg) => leg.number === number);',
    caughtBy: 'sweep',
  },
];
