/** What a story is made from, of what the laboratory tells. */
import type { Divergence, RecoverySummary } from '../lab/outcome.js';
import type { Happening } from '../machine/happening.js';
import type { Clock } from '../report/sector-writes.js';
import type { Telling } from '../report/telling.js';
import type { Timing } from '../sim/agenda.js';

interface Told {
  readonly happenings: readonly Happening[];
  nameOf(sector: number): string;
  regionOf(sector: number): number;
}

interface Left {
  readonly divergence: readonly Divergence[];
  readonly recovery: RecoverySummary | undefined;
}

/** In free timing it is told by how many events there had been. */
export function clockOf({ timing }: { readonly timing: Timing }): Clock {
  return timing === 'free' ? 'steps' : 'time';
}

export function tellingOf(told: Told, { divergence, recovery }: Left, clock: Clock): Telling {
  return {
    happenings: told.happenings,
    clock,
    divergence,
    recovery,
    nameOf: (sector) => told.nameOf(sector),
    regionOf: (sector) => told.regionOf(sector),
  };
}
