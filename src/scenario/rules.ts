/**
 * What must fit together across a scenario. Each rule looks at the parts it needs as soon as these
 * are sound by themselves, so that one slip elsewhere hides nothing.
 */
import type { z } from 'zod';
import {
  fileSystemHasLayout,
  filesFitFileSystem,
  filesHaveInodes,
  regionFitsFileSystem,
} from './file-system-rules.js';
import type { Finding } from './findings.js';
import type { Path } from './path.js';
import type { Scenario } from './scenario.js';
import { regionSize, scenarioSchema, type Checked } from './schema.js';
import { everyStep, pathIn } from './steps.js';
import { formatSize } from './units.js';
import { DEEPEST_REPEAT, MOST_STEPS } from './workload-schema.js';
import { formatDuration } from '../sim/time.js';

export function brokenRules(plain: unknown): Finding[] {
  const parts = soundParts(mapOf(plain));
  return [...RULES, freeTimingHasChoices].flatMap((rule) => rule(parts));
}

/**
 * Whether all of a scenario that no file was read for fits together; whoever runs it may answer
 * otherwise than by its choices.
 */
export function fitsTogether(scenario: Scenario): boolean {
  const { mirror, memoryBytes, files, workload, aftermath } = scenario;
  const { regionBytes, legs } = mirror;
  const parts: Parts = {
    ...scenario,
    regionBytes,
    legs,
    memory: memoryBytes,
    plainWorkload: undefined,
    hasChoices: scenario.choices !== undefined,
    files: [...files],
    workload,
    aftermath: [...aftermath],
  };
  return RULES.every((rule) => rule(parts).length === 0);
}

const SHAPE = scenarioSchema.shape;
type PlainMap = Readonly<Record<string, unknown>>;

/** A part that is not sound is undefined. */
interface Parts {
  readonly duration: Checked['duration'] | undefined;
  readonly memory: Checked['memory'] | undefined;
  readonly regionBytes: number | undefined;
  /** Each sound or not: they are counted. */
  readonly legs: readonly unknown[] | undefined;
  readonly filesystem: Checked['filesystem'] | undefined;
  readonly files: Checked['files'] | undefined;
  readonly workload: Checked['workload'] | undefined;
  readonly crash: Checked['crash'] | undefined;
  readonly aftermath: Checked['aftermath'] | undefined;
  readonly timing: Checked['timing'] | undefined;
  /** Whether any are given, sound or not. */
  readonly hasChoices: boolean;
  /** The workload as the file has it. */
  readonly plainWorkload: unknown;
}

const RULES: readonly ((parts: Parts) => Finding[])[] = [
  fileSystemHasLayout,
  regionFitsFileSystem,
  filesFitFileSystem,
  filesHaveInodes,
  crashWithinDuration,
  freeTimingHasNoInstants,
  legsAreThere,
  workloadIsBounded,
  memoryIsThere,
  filesAreCreated,
  filesAreCreatedAfterwards,
];

function crashWithinDuration({ crash, duration }: Parts): Finding[] {
  if (crash?.kind !== 'at' || duration === undefined || crash.at <= duration) return [];
  const expected = `an instant within the duration of the run (${formatDuration(duration)})`;
  return [{ path: ['crash'], expected }];
}

/** A seed would go through so many orders of events at random; `explore` goes through all. */
function freeTimingHasChoices({ timing, hasChoices }: Parts): Finding[] {
  if (timing !== 'free' || hasChoices) return [];
  return [{ path: ['timing'], expected: 'free only with choices, which say what comes next' }];
}

function freeTimingHasNoInstants({ timing, crash }: Parts): Finding[] {
  if (timing !== 'free' || crash === undefined) return [];
  if (crash.kind === 'none' || crash.kind === 'first-exposed') return [];
  return [{ path: ['crash'], expected: 'first-exposed or none: free timing has no instants' }];
}

function legsAreThere({ legs, aftermath }: Parts): Finding[] {
  if (legs === undefined || aftermath === undefined) return [];
  const left = new Set(legs.keys());
  return aftermath.flatMap((step, i): Finding[] => {
    if (step.do !== 'remove') return [];
    const path = ['aftermath', i, 'remove'];
    if (!left.has(step.leg)) {
      return [
        {
          path,
          expected: `a leg that is there (${[...left].map((leg) => `leg${leg}`).join(', ')})`,
        },
      ];
    }
    if (left.size === 1) return [{ path, expected: 'a mirror that keeps one leg' }];
    left.delete(step.leg);
    return [];
  });
}

function workloadIsBounded({ workload, plainWorkload }: Parts): Finding[] {
  if (workload === undefined) return [];
  const steps = [...everyStep(workload, plainWorkload)];
  const tooDeep = steps.filter(
    ({ step, depth }) => step.do === 'repeat' && depth >= DEEPEST_REPEAT,
  );
  const findings: Finding[] = tooDeep.slice(0, 1).map(({ path }) => ({
    path: [...path, 'repeat'],
    expected: `repeat at most ${DEEPEST_REPEAT} deep`,
    found: 'one more',
    atKey: true,
  }));
  if (steps.length <= MOST_STEPS) return findings;
  const expected = `at most ${MOST_STEPS} steps in all applications`;
  const found = `${steps.length}`;
  return [...findings, { path: ['workload'], expected, found, atKey: true }];
}

/** What no step can have; whether several together are too much is seen when they run. */
function memoryIsThere({ memory, workload, plainWorkload }: Parts): Finding[] {
  if (memory === undefined || workload === undefined) return [];
  const expected = `no more than the machine's memory (${formatSize(memory)})`;
  return [...everyStep(workload, plainWorkload)].flatMap(({ step, path }) =>
    step.do === 'use' && step.bytes > memory ? [{ path: [...path, 'use'], expected }] : [],
  );
}

/**
 * What one application may use is there at boot, or was created by its own earlier steps, or by any
 * step of another.
 */
function filesAreCreated({ workload, files, plainWorkload }: Parts): Finding[] {
  if (workload === undefined || files === undefined) return [];
  const atBoot = new Set(files.map(({ path }) => path));
  const steps = [...everyStep(workload, plainWorkload)];
  const creators = new Map<string, Set<string>>();
  for (const { application, step } of steps) {
    if (step.do !== 'create') continue;
    creators.set(step.path, (creators.get(step.path) ?? new Set()).add(application));
  }
  const own = new Set<string>();
  return steps.flatMap(({ application, step, path }) => {
    const file = pathIn(step);
    if (file === undefined || atBoot.has(file)) return [];
    if (step.do === 'create') own.add(`${application} ${file}`);
    const others = [...(creators.get(file) ?? [])].filter((name) => name !== application);
    if (others.length > 0 || own.has(`${application} ${file}`)) return [];
    return [{ path: [...path, ...argumentOf(step.do)], expected: CREATED }];
  });
}

const CREATED = 'a file that a step before it creates';

/** Afterwards any file of the workload may be there; one of its own steps must create any other. */
function filesAreCreatedAfterwards({
  workload,
  files,
  aftermath,
  plainWorkload,
}: Parts): Finding[] {
  if (workload === undefined || files === undefined || aftermath === undefined) return [];
  const created = new Set(files.map(({ path }) => path));
  for (const { step } of everyStep(workload, plainWorkload)) {
    if (step.do === 'create') created.add(step.path);
  }
  return aftermath.flatMap((step, i) => {
    if (!('path' in step)) return [];
    if (step.do === 'create') created.add(step.path);
    if (created.has(step.path)) return [];
    return [{ path: ['aftermath', i, ...argumentOf(step.do)], expected: CREATED }];
  });
}

/** Steps that say more than their file. */
const WITH_MORE: ReadonlySet<string> = new Set([
  'append',
  'overwrite',
  'store',
  'direct',
  'scribble',
]);

/** Where a step says its file. */
function argumentOf(verb: string): Path {
  return WITH_MORE.has(verb) ? [verb, 0] : [verb];
}

function soundParts(plain: PlainMap): Parts {
  const mirror = mapOf(plain['mirror']);
  const legs = mirror['legs'];
  return {
    duration: sound(SHAPE.duration, plain['duration']),
    memory: sound(SHAPE.memory, plain['memory']),
    regionBytes: sound(regionSize, mirror['regionSize']),
    legs: Array.isArray(legs) && legs.length >= 2 ? legs : undefined,
    filesystem: sound(SHAPE.filesystem, plain['filesystem']),
    files: sound(SHAPE.files, plain['files'] ?? {}),
    workload: sound(SHAPE.workload, plain['workload']),
    crash: sound(SHAPE.crash, plain['crash']),
    aftermath: sound(SHAPE.aftermath, plain['aftermath']),
    timing: sound(SHAPE.timing, plain['timing']),
    hasChoices: plain['choices'] !== undefined,
    plainWorkload: plain['workload'],
  };
}

function sound<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

function mapOf(value: unknown): PlainMap {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
