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

/** By slot who stands there, as stories call it. */
export function namesOf(legs: number, applications: readonly string[]): string[] {
  const slots = slotsFor(legs, applications.length);
  const names: string[] = [];
  for (const [who, slot] of Object.entries(slots)) {
    if (typeof slot === 'number' && who !== 'count') names[slot] = DAEMONS[who] ?? who;
  }
  slots.legs.forEach((slot, n) => (names[slot] = `leg ${n}`));
  slots.plugs.forEach((slot, n) => (names[slot] = `plug of leg ${n}`));
  slots.applications.forEach((slot, n) => (names[slot] = applications[n] ?? ''));
  return names;
}

const DAEMONS: Readonly<Record<string, string>> = {
  filesExpiry: 'expiry of files',
  deviceExpiry: 'expiry of the device',
  timer: 'timer of pdflush',
  kupdate: 'pdflush',
  background: 'pdflush',
  ages: 'ages of regions',
  helper: 'helper of the strategy',
  flag: 'flag of the array',
};
