/**
 * What "everything" was: how much of a scenario a search tries, told with its verdict.
 *
 * Read off the scenario: the pages that its steps may store to, how often they store and sync, the
 * latencies and pauses that stand for all others. Where the scenario names a lower bound, that one.
 */
import { latenciesUnder, type Conditions } from '../conditions.js';
import { KERNELS } from '../../machine/kernel.js';
import type { Step } from '../../machine/program.js';
import { PAGE_BYTES } from '../../media/geometry.js';
import type { Spread } from '../../media/latency.js';
import type { Scenario } from '../../scenario/scenario.js';
import { MOST_ANSWERS } from '../../sim/every-schedule.js';

export interface TriedBound {
  /** Pages of files that stores may change; undefined: without end, as are the other counts. */
  readonly pages: number | undefined;
  /** Whether the file system stores to pages of its own as well. */
  readonly metadata: boolean;
  readonly stores: number | undefined;
  readonly writebacks: number | undefined;
  /** Those of applications; where the scenario bounds them, those of a strategy too. */
  readonly syncs: number | undefined;
  /** In nanoseconds, each value once, ascending; undefined: time does not count, so any. */
  readonly latenciesNs: readonly number[] | undefined;
  /** Of applications between two steps, and of threads that are held up. */
  readonly pausesNs: readonly number[] | undefined;
  readonly preemptionsNs: readonly number[] | undefined;
}

export function triedBound(scenario: Scenario, conditions: Conditions): TriedBound {
  const { bound, fileTimes, mirror, preemption, kernel } = scenario;
  const steps = scenario.workload.flatMap((application) => counted(application.steps, 1));
  const times = (wanted: (step: Step) => boolean): number =>
    steps.reduce((sum, { step, times: each }) => sum + (wanted(step) ? each : 0), 0);
  const drives = [...mirror.legs, mirror.log];
  const pauses = steps.flatMap(({ step }) => {
    if (step.do === 'sleep') return [step.for];
    return step.do === 'repeat' ? [step.every] : [];
  });
  const values = (spreads: readonly Spread[]): readonly number[] | undefined =>
    conditions.timing === 'free' ? undefined : valuesOf(spreads, conditions);
  return {
    pages: finite(pagesOf(scenario, steps)),
    metadata: fileTimes === 'change' || steps.some(({ step }) => ALLOCATE.has(step.do)),
    stores: finite(Math.min(times(isStore), bound.stores ?? Infinity)),
    writebacks: bound.writebacks,
    syncs: bound.syncs ?? finite(times(isSync)),
    latenciesNs: values([
      ...drives.flatMap(({ firstSample, durable }) => [firstSample, durable]),
      KERNELS[kernel].betweenLegs,
    ]),
    pausesNs: values(pauses),
    preemptionsNs: values([preemption]),
  };
}

/** Whether the scenario's bound ends what an application repeats without end. */
export function isEndless(step: Step, { bound }: Pick<Scenario, 'bound'>): boolean {
  if (step.do !== 'repeat') return false;
  if (step.steps.some((inner) => isEndless(inner, { bound }))) return true;
  if (step.times !== undefined) return false;
  const inner = counted(step.steps, 1).map(({ step: each }) => each);
  const isEnded = (each: Step): boolean =>
    isSync(each) ? bound.syncs !== undefined : takesMemory(each) && bound.stores !== undefined;
  return !inner.some(isEnded);
}

interface Counted {
  readonly step: Step;
  /** How often it is done; Infinity: until the run ends. */
  readonly times: number;
}

/** Each step, with the steps of loops behind their loops. */
function counted(steps: readonly Step[], times: number): Counted[] {
  return steps.flatMap((step): Counted[] => {
    if (step.do !== 'repeat') return [{ step, times }];
    const rounds = times * (step.times ?? Infinity);
    return [{ step, times }, ...counted(step.steps, rounds)];
  });
}

/** They change bitmaps, descriptors, inodes or directories. */
const ALLOCATE: ReadonlySet<Step['do']> = new Set(['create', 'append', 'unlink']);
const STORES: ReadonlySet<Step['do']> = new Set([
  ...['create', 'append', 'unlink', 'overwrite', 'store', 'direct', 'scribble'],
] as const satisfies readonly Step['do'][]);

function isStore(step: Step): boolean {
  return STORES.has(step.do);
}

function isSync(step: Step): boolean {
  return step.do === 'sync' || step.do === 'fsync';
}

/** Calls that a bound of stores counts. */
function takesMemory(step: Step): boolean {
  return isStore(step) || step.do === 'use' || step.do === 'release';
}

/** Pages of files: those that are stored over, and those that appends may come to. */
function pagesOf({ files, bound }: Scenario, steps: readonly Counted[]): number {
  const over = new Set<string>();
  const appended = new Map<string, number>();
  for (const { step, times } of steps) {
    if (step.do === 'append') {
      const rounds = Math.min(times, bound.stores ?? Infinity);
      appended.set(step.path, (appended.get(step.path) ?? 0) + rounds * step.bytes);
    } else if ('offset' in step) {
      const last = pageOf(step.offset + step.bytes - 1);
      for (let page = pageOf(step.offset); page <= last; page++) over.add(`${step.path} ${page}`);
    }
  }
  let pages = over.size;
  for (const [path, bytes] of appended) {
    const size = files.find((file) => file.path === path)?.bytes ?? 0;
    const [first, last] = [pageOf(size), pageOf(size + bytes - 1)];
    if (last === Infinity) return Infinity;
    for (let page = first; page <= last; page++) pages += over.has(`${path} ${page}`) ? 0 : 1;
  }
  return pages;
}

function pageOf(offset: number): number {
  return Math.floor(offset / PAGE_BYTES);
}

function valuesOf(spreads: readonly Spread[], conditions: Conditions): readonly number[] {
  const latency = latenciesUnder(conditions);
  const values = spreads.flatMap((spread) => {
    const model = latency(spread);
    // More than can be tried: the search says so itself.
    const count = Math.min(model.bound, MOST_ANSWERS);
    return Array.from({ length: count }, (_, answer): number => model.at(answer));
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

function finite(count: number): number | undefined {
  return count === Infinity ? undefined : count;
}
