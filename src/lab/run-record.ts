/** A run, event by event, kept so that another one can be laid beside it. */
import { chancesOf } from './chances.js';
import type { Laboratory } from './laboratory.js';
import { isStop } from './stopped.js';
import type { Happening } from '../machine/happening.js';
import { instantOf } from '../sim/time.js';

/** Events beyond these count only in the fingerprint at the end. */
const MOST_KEPT = 2_000_000;

export interface RecordedEvent {
  readonly atNs: number;
  readonly slot: number;
  /** Of the run up to and with this event: the answers that it got are in it. */
  readonly fingerprint: string;
  readonly happenings: readonly Happening[];
}

export interface RunRecord {
  readonly events: readonly RecordedEvent[];
  readonly eventCount: number;
  /** At the end, over what the disks hold as well. */
  readonly fingerprint: string;
  /** Why the run stopped before its end. */
  readonly stopped: string | undefined;
}

export function recordRun({ world, scenario }: Laboratory, seed: string): RunRecord {
  const events: RecordedEvent[] = [];
  let happenings: Happening[] = [];
  let stopped: string | undefined;
  world.trace.listen((told) => happenings.push(told));
  try {
    world.reset(chancesOf(scenario, seed).open());
    while (world.advance(instantOf(scenario.duration - 1))) {
      const { now: atNs, acted: slot, fingerprint } = world;
      if (events.length < MOST_KEPT) events.push({ atNs, slot, fingerprint, happenings });
      happenings = [];
    }
    world.finish(instantOf(scenario.duration));
  } catch (error) {
    if (!isStop(error)) throw error;
    stopped = error.message;
  } finally {
    world.trace.listen(undefined);
  }
  return { events, eventCount: world.events, fingerprint: world.fingerprint, stopped };
}

/** The first event that is not the same in both; undefined: none that was kept. */
export function firstDifference(one: RunRecord, other: RunRecord): number | undefined {
  const most = Math.max(one.events.length, other.events.length);
  for (let n = 0; n < most; n++) {
    if (!isSame(one.events[n], other.events[n])) return n;
  }
  return undefined;
}

function isSame(one: RecordedEvent | undefined, other: RecordedEvent | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.atNs !== other.atNs || one.slot !== other.slot) return false;
  if (one.fingerprint !== other.fingerprint) return false;
  return JSON.stringify(one.happenings) === JSON.stringify(other.happenings);
}
