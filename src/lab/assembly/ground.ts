/** What every part stands on: the scenario's constants, the banks, the agenda, the doors. */
import { slotsFor, type Slots } from './slots.js';
import { baseOf, type Base } from '../base.js';
import { compile, type Compiled } from '../compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Happening } from '../../machine/happening.js';
import { KERNELS, type Kernel } from '../../machine/kernel.js';
import { SECTOR_BYTES, geometryOf, type Geometry } from '../../media/geometry.js';
import { latencyModel, type LatencyModel } from '../../media/latency.js';
import { Agenda } from '../../sim/agenda.js';
import { arena, type Arena } from '../../sim/arena.js';
import { Doors } from '../../sim/door.js';
import { Fingerprint } from '../../sim/fingerprint.js';
import { Trace } from '../../sim/trace.js';

export interface Ground {
  readonly scenario: Scenario;
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
}

export function groundOf(scenario: Scenario): Ground {
  const base = baseOf(scenario);
  const program = compile(scenario);
  const legs = scenario.mirror.legs.length;
  const slots = slotsFor(legs, program.applications.length);
  const banks = arena();
  const fingerprint = new Fingerprint();
  const doors = new Doors(fingerprint);
  return {
    scenario,
    kernel: KERNELS[scenario.kernel],
    base,
    program,
    geometry: geometryOf(base.memory.length, scenario.mirror.regionBytes / SECTOR_BYTES, legs),
    preemption: latencyModel(scenario.preemption),
    slots,
    arena: banks,
    fingerprint,
    doors,
    trace: new Trace<Happening>(),
    agenda: new Agenda(slots.count, banks.state, banks.clock, doors.door('agenda')),
  };
}
