/**
 * Who stands where on the agenda: of two that are due together the quiet order is disks, daemons,
 * applications; and kswapd, which takes what time they leave.
 */
import type { Slot } from '../../sim/agenda.js';

export interface Slots {
  readonly log: Slot;
  readonly legs: readonly Slot[];
  readonly plugs: readonly Slot[];
  readonly mirror: Slot;
  readonly filesExpiry: Slot;
  readonly deviceExpiry: Slot;
  readonly timer: Slot;
  readonly kupdate: Slot;
  readonly background: Slot;
  /** The strategy's: ages of regions, its helper thread, the flag of the array. */
  readonly ages: Slot;
  readonly helper: Slot;
  readonly flag: Slot;
  readonly applications: readonly Slot[];
  readonly kswapd: Slot;
  readonly count: number;
}

export function slotsFor(legs: number, applications: number): Slots {
  let next = 0;
  const one = (): Slot => next++;
  const several = (n: number): Slot[] => Array.from({ length: n }, one);
  const slots = {
    log: one(),
    legs: several(legs),
    plugs: several(legs),
    mirror: one(),
    filesExpiry: one(),
    deviceExpiry: one(),
    timer: one(),
    kupdate: one(),
    background: one(),
    ages: one(),
    helper: one(),
    flag: one(),
    applications: several(applications),
    kswapd: one(),
  };
  return { ...slots, count: next };
}
