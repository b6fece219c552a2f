/** What a run told, sorted and named for tests. */
import { ownersOf } from '../../src/ext2/owners.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { toldBy } from './watched-run.js';

export type Of<K extends Happening['kind']> = Extract<Happening, { readonly kind: K }>;

export interface Told {
  readonly lab: Laboratory;
  readonly all: readonly Happening[];
  /** Whose a sector is in the end. */
  readonly nameOf: (sector: number) => string;
}

/** Runs the scenario as dm-raid1 is, with its own seed. */
export function tell(scenario: Scenario): Told {
  const lab = laboratory(scenario, clearWhenIdle);
  const all = toldBy(lab, scenario.seed);
  const owners = ownersOf(lab.world.memory, lab.layout);
  return { lab, all, nameOf: (sector) => owners.ofSector(sector) };
}

export function only<K extends Happening['kind']>(all: readonly Happening[], kind: K): Of<K>[] {
  return all.filter((one): one is Of<K> => one.kind === kind);
}

/** Seconds, to the millisecond. */
export function second(at: number): number {
  return Math.floor(at / 1e6) / 1e3;
}
