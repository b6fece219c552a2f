/**
 * Every scenario that has one thing less than a scenario, or one number lower: an application, a
 * step, a file, a leg, a latency, what happens afterwards, the time, the crash.
 *
 * What a scenario must have stays: its kernel, its memory, the size of a region, two legs. Whether
 * what is left fits together is asked by whoever tries it.
 */
import { roundLowerings, spreadLowerings } from './lowerings.js';
import { stepsLowered, stepsRemoved } from './steps.js';
import type { Step } from '../../machine/program.js';
import type { Drive } from '../../media/drives.js';
import type { CrashPlan, Scenario } from '../../scenario/scenario.js';
import { durationOf, instantOf } from '../../sim/time.js';

type Reduction = (scenario: Scenario) => Scenario[];

const REMOVALS: readonly Reduction[] = [
  (all) => without(all.workload).map((workload) => ({ ...all, workload })),
  (all) => withSteps(all, stepsRemoved),
  (all) => without(all.aftermath).map((aftermath) => ({ ...all, aftermath })),
  (all) => crashes(all.crash).map((crash) => ({ ...all, crash })),
  interruptions,
  (all) => without(all.files).map((files) => ({ ...all, files })),
  legs,
];

/** What makes runs cheap comes first. */
const LOWERINGS: readonly Reduction[] = [
  smallerFileSystem,
  (all) => spreadLowerings(all.preemption).map((preemption) => ({ ...all, preemption })),
  latencies,
  (all) => withSteps(all, stepsLowered),
  smallerAftermath,
  earlierCrash,
  smallerFiles,
  (all) =>
    roundLowerings(all.duration, 1).map((duration) => ({
      ...all,
      duration: durationOf(duration),
    })),
];

export function removalsOf(scenario: Scenario): Scenario[] {
  return REMOVALS.flatMap((reduction) => reduction(scenario));
}

export function loweringsOf(scenario: Scenario): Scenario[] {
  return LOWERINGS.flatMap((reduction) => reduction(scenario));
}

/** Every run of so many steps of one application removed. */
export function chunksRemoved(scenario: Scenario, size: number): Scenario[] {
  return withSteps(scenario, (steps) =>
    Array.from({ length: Math.ceil(steps.length / size) }, (_, n) =>
      steps.toSpliced(n * size, size),
    ),
  );
}

/** Each list that has one item less. */
function without<T>(items: readonly T[]): T[][] {
  return items.map((_, n) => items.toSpliced(n, 1));
}

/** Each list in which one item is another. */
function exchanged<T>(items: readonly T[], instead: (item: T) => readonly T[]): T[][] {
  return items.flatMap((item, n) => instead(item).map((other) => items.with(n, other)));
}

/** Each in which one application has other steps, or, where it has none left, is gone. */
function withSteps(
  all: Scenario,
  others: (steps: readonly Step[]) => readonly (readonly Step[])[],
): Scenario[] {
  return all.workload
    .flatMap((application, n) =>
      others(application.steps).map((steps) => ({
        ...all,
        workload: all.workload.toSpliced(
          n,
          1,
          ...(steps.length === 0 ? [] : [{ ...application, steps }]),
        ),
      })),
    )
    .filter(({ workload }) => workload.length > 0);
}

function smallerAftermath(all: Scenario): Scenario[] {
  return exchanged(all.aftermath, (step) =>
    step.do === 'append' ? roundLowerings(step.bytes, 1).map((bytes) => ({ ...step, bytes })) : [],
  ).map((aftermath) => ({ ...all, aftermath }));
}

function crashes(crash: CrashPlan): CrashPlan[] {
  switch (crash.kind) {
    case 'none':
      return [];
    case 'first-exposed':
      return [{ kind: 'none' }];
    case 'random':
    case 'at':
      return [{ kind: 'none' }, { kind: 'first-exposed' }];
  }
}

function earlierCrash(all: Scenario): Scenario[] {
  const { crash } = all;
  if (crash.kind !== 'at') return [];
  return roundLowerings(crash.at, 0).map((at) => ({
    ...all,
    crash: { kind: 'at', at: instantOf(at) },
  }));
}

function interruptions(all: Scenario): Scenario[] {
  return without(all.recovery.interruptedAt).map((interruptedAt) => ({
    ...all,
    recovery: { interruptedAt },
  }));
}

function legs(all: Scenario): Scenario[] {
  if (all.mirror.legs.length <= 2) return [];
  return without(all.mirror.legs).map((left) => ({
    ...all,
    mirror: { ...all.mirror, legs: left },
  }));
}

function smallerFiles(all: Scenario): Scenario[] {
  return exchanged(all.files, (file) =>
    roundLowerings(file.bytes, 1).map((bytes) => ({ ...file, bytes })),
  ).map((files) => ({ ...all, files }));
}

/** The fewest blocks that a scenario may ask for. */
const LEAST_BLOCKS = 64;

/** Most of what a run costs after its crash goes by it. */
export function smallerFileSystem(all: Scenario): Scenario[] {
  const { blockBytes, bytes } = all.filesystem;
  const least = Math.max(LEAST_BLOCKS * blockBytes, all.mirror.regionBytes);
  return roundLowerings(bytes, least, blockBytes).map((fewer) => ({
    ...all,
    filesystem: { ...all.filesystem, bytes: fewer },
  }));
}

function latencies(all: Scenario): Scenario[] {
  const { mirror } = all;
  return [
    ...exchanged(mirror.legs, quicker).map((drives) => ({ ...mirror, legs: drives })),
    ...quicker(mirror.log).map((log) => ({ ...mirror, log })),
  ].map((other) => ({ ...all, mirror: other }));
}

function quicker(drive: Drive): Drive[] {
  return [
    ...spreadLowerings(drive.firstSample).map((firstSample) => ({ ...drive, firstSample })),
    ...spreadLowerings(drive.durable).map((durable) => ({ ...drive, durable })),
    ...roundLowerings(drive.sectorTime, 0).map((time) => ({
      ...drive,
      sectorTime: durationOf(time),
    })),
  ];
}
