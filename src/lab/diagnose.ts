/**
 * Whether a run repeats: in a world as new, in the same world reset, and in another new one.
 *
 * On a difference it names the first event that differs: whose, when, and what it told. What
 * differs only in what came of the crash is named by its field.
 */
import { namesOf } from './assembly/slots.js';
import { firstDifferingField } from './differing-field.js';
import { laboratory } from './laboratory.js';
import { firstDifference, recordRun, type RunRecord } from './run-record.js';
import { Runner } from './runner.js';
import type { Happening } from '../machine/happening.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { Scenario } from '../scenario/scenario.js';

export interface Diagnosis {
  readonly scenario: string;
  readonly strategy: string;
  readonly seed: string;
  readonly runs: number;
  readonly events: number;
  readonly fingerprint: string;
  /** Why the run stopped before its end. */
  readonly stopped: string | undefined;
  readonly difference: Difference | undefined;
}

export interface Difference {
  /** Which run it was that came out otherwise than the first. */
  readonly run: 'in the same world, reset' | 'in another fresh world' | 'with its crash judged';
  /** Counted from 1; undefined: the events are the same. */
  readonly event: number | undefined;
  readonly first: ToldEvent | undefined;
  readonly second: ToldEvent | undefined;
  /** What each came to next: an event may differ in nothing but in what it asked. */
  readonly firstNext: ToldEvent | undefined;
  readonly secondNext: ToldEvent | undefined;
  /** What differs where the events do not. */
  readonly field: string | undefined;
}

/** undefined: that run had ended. */
export interface ToldEvent {
  readonly atNs: number;
  readonly actor: string;
  readonly happenings: readonly Happening[];
}

export function diagnose(scenario: Scenario, strategy: FixStrategy, seed: string): Diagnosis {
  const lab = laboratory(scenario, strategy);
  const first = recordRun(lab, seed);
  const { eventCount: events, fingerprint, stopped } = first;
  const about = { scenario: scenario.name, strategy: strategy.name, seed };
  const told = { ...about, runs: RUNS, events, fingerprint, stopped };
  const again = between(first, recordRun(lab, seed), 'in the same world, reset', scenario);
  if (again !== undefined) return { ...told, difference: again };
  const fresh = recordRun(laboratory(scenario, strategy), seed);
  const anew = between(first, fresh, 'in another fresh world', scenario);
  if (anew !== undefined) return { ...told, difference: anew };
  const field = firstDifferingField(
    new Runner().run(scenario, strategy, seed),
    new Runner().run(scenario, strategy, seed),
  );
  if (field === undefined) return { ...told, difference: undefined };
  return { ...told, difference: { run: 'with its crash judged', ...NO_EVENT, field } };
}

const RUNS = 5;
const NO_EVENT = {
  event: undefined,
  first: undefined,
  second: undefined,
  firstNext: undefined,
  secondNext: undefined,
};

function between(
  first: RunRecord,
  second: RunRecord,
  run: Difference['run'],
  scenario: Scenario,
): Difference | undefined {
  const n = firstDifference(first, second);
  if (n !== undefined) {
    const told = (record: RunRecord, at: number): ToldEvent | undefined =>
      toldEvent(record, at, scenario);
    return {
      run,
      event: n + 1,
      first: told(first, n),
      second: told(second, n),
      field: undefined,
      firstNext: told(first, n + 1),
      secondNext: told(second, n + 1),
    };
  }
  const field = firstDifferingField(
    { ...first, events: first.eventCount },
    { ...second, events: second.eventCount },
  );
  if (field === undefined) return undefined;
  return { run, ...NO_EVENT, field };
}

function toldEvent(
  record: RunRecord,
  n: number,
  { mirror, workload }: Scenario,
): ToldEvent | undefined {
  const event = record.events[n];
  if (event === undefined) return undefined;
  const names = namesOf(
    mirror.legs.length,
    workload.map(({ name }) => name),
  );
  const { atNs, slot, happenings } = event;
  return { atNs, actor: names[slot] ?? `slot ${slot}`, happenings };
}
