/** What every part stands on: the scenario's constants, the banks, the agenda, the doors. */
import { slotsFor, type Slots } from './slots.js';
import { latenciesUnder, type Conditions } from '../conditions.js';
import type { Base } from '../base.js';
import { compile, type Compiled } from '../compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Happening } from '../../machine/happening.js';
import { KERNELS, type Kernel } from '../../machine/kernel.js';
import { SECTORS_PER_PAGE, SECTOR_BYTES, geometryOf, type Geometry } from '../../media/geometry.js';
import type { LatencyModel, Spread } from '../../media/latency.js';
import { Agenda } from '../../sim/agenda.js';
import { arena, type Arena } from '../../sim/arena.js';
import { Doors } from '../../sim/door.js';
import { Footprint } from '../../sim/footprint.js';
import { Fingerprint } from '../../sim/fingerprint.js';
import { Trace } from '../../sim/trace.js';

export interface Ground {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly kernel: Kernel;
  readonly base: Base;
  readonly program: Compiled;
  readonly geometry: Geometry;
  readonly preemption: LatencyModel;
  readonly slots: Slots;
  readonly arena: Arena;
  readonly fingerprint: Fingerprint;
  readonly doors: Doors;
  readonly trace: Trace<Happening>;
  readonly agenda: Agenda;
  readonly conditions: Conditions;
  /** A latency as these conditions have it. */
  readonly latency: (spread: Spread) => LatencyModel;
}

export function groundOf(
  scenario: Scenario,
  strategy: FixStrategy,
  conditions: Conditions,
  base: Base,
): Ground {
  const latency = latenciesUnder(conditions);
  const program = compile(scenario, latency);
  const legs = scenario.mirror.legs.length;
  const slots = slotsFor(legs, program.applications.length);
  const banks = arena(conditions.learns === true ? new Footprint() : undefined);
  const fingerprint = new Fingerprint();
  const doors = new Doors(fingerprint);
  return {
    scenario,
    strategy,
    kernel: KERNELS[scenario.kernel],
    base,
    program,
    geometry: geometryOf(base.memory.length, regionSectors(scenario, strategy), legs),
    preemption: latency(scenario.preemption),
    slots,
    arena: banks,
    fingerprint,
    doors,
    trace: new Trace<Happening>(),
    agenda: new Agenda(
      slots.count,
      banks.state,
      banks.clock,
      doors.door('agenda'),
      conditions.timing,
    ),
    conditions,
    latency,
  };
}

/**
 * The record's unit, as the strategy has it: a power of two, and no larger than what holds the
 * device.
 */
function regionSectors(scenario: Scenario, { granule }: FixStrategy): number {
  const sectors = scenario.filesystem.bytes / SECTOR_BYTES;
  if (granule === undefined) return scenario.mirror.regionBytes / SECTOR_BYTES;
  let whole = SECTORS_PER_PAGE;
  while (whole < sectors) whole *= 2;
  return granule === 'device' ? whole : Math.min(granule / SECTOR_BYTES, whole);
}
