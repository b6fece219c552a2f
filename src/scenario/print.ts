/**
 * A Scenario as the text of a scenario file, which loads to an equal Scenario. Defaults are written
 * out.
 */
import { Document, isMap, isPair, isSeq } from 'yaml';
import { choicesOf } from './choices-schema.js';
import type { CrashPlan, Expectation, Scenario } from './scenario.js';
import { formatSize } from './units.js';
import { FIRST_PID } from './workload-schema.js';
import type { AftermathStep } from '../aftermath/steps.js';
import type { Application, Step } from '../machine/program.js';
import { DRIVE_NAMES, DRIVES, type Drive } from '../media/drives.js';
import type { Spread } from '../media/latency.js';
import { formatDuration } from '../sim/time.js';
import type { StrategyParameters } from '../strategies/parameters.js';

export function printScenario(scenario: Scenario): string {
  return printed(plainScenario(scenario));
}

/** What shrinking works on, and what is left of it. */
const SHRUNK_KEYS = [
  ...['duration', 'mirror', 'filesystem', 'files', 'preemption', 'workload'],
  ...['crash', 'recovery', 'aftermath', 'timing', 'choices'],
];

/** Only the part that shrinking changes. */
export function printShrunk(scenario: Scenario): string {
  const entries = Object.entries(plainScenario(scenario));
  return printed(Object.fromEntries(entries.filter(([key]) => SHRUNK_KEYS.includes(key))));
}

/** The scenario as a file says it, before it becomes text. */
export function plainScenario(scenario: Scenario): object {
  const { mirror, filesystem, choices } = scenario;
  return {
    story: scenario.story,
    seed: Number(scenario.seed),
    duration: formatDuration(scenario.duration),
    kernel: scenario.kernel,
    memory: formatSize(scenario.memoryBytes),
    mirror: {
      regionSize: formatSize(mirror.regionBytes),
      initially: mirror.initially,
      legs: mirror.legs.map((leg) => ({ latency: latencyOf(leg) })),
      log: { latency: latencyOf(mirror.log) },
    },
    filesystem: {
      type: filesystem.type,
      blockSize: formatSize(filesystem.blockBytes),
      size: formatSize(filesystem.bytes),
    },
    files: Object.fromEntries(scenario.files.map(({ path, bytes }) => [path, formatSize(bytes)])),
    fileTimes: scenario.fileTimes,
    preemption: spreadOf(scenario.preemption),
    workload: Object.fromEntries(scenario.workload.map((app, i) => [app.name, stepsOf(app, i)])),
    strategies: Object.fromEntries(Object.entries(scenario.strategies).map(parametersOf)),
    crash: crashOf(scenario.crash),
    recovery: {
      interruptedAt: scenario.recovery.interruptedAt.map((share) => `${share}%`),
    },
    aftermath: scenario.aftermath.map(aftermathOf),
    expect: Object.fromEntries(Object.entries(scenario.expect).map(expectationOf)),
    limits: scenario.limits,
    bound: saidOf({ ...scenario.bound }),
    timing: scenario.timing,
    ...(choices !== undefined && { choices: choicesOf(choices) }),
  };
}

function parametersOf([name, parameters]: [string, StrategyParameters]): [string, object] {
  const { period, idle, granule, extents } = parameters;
  const isMd = name.startsWith('md-');
  const size = granule === undefined ? undefined : formatSize(granule);
  const every = period === undefined ? undefined : formatDuration(period);
  const said = {
    [isMd ? 'daemonSleep' : 'period']: every,
    idle: idle === undefined ? undefined : formatDuration(idle),
    [isMd ? 'chunk' : 'extent']: size,
    extents,
  };
  return [
    name,
    Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  ];
}

function latencyOf(drive: Drive): unknown {
  const own = describedOf(drive);
  return DRIVE_NAMES.find((name) => same(describedOf(DRIVES[name]), own)) ?? own;
}

function describedOf({ firstSample, durable, sectorTime }: Drive): unknown {
  return {
    firstSample: spreadOf(firstSample),
    durable: spreadOf(durable),
    sectorTime: formatDuration(sectorTime),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function spreadOf(spread: Spread): unknown {
  switch (spread.kind) {
    case 'uniform': {
      const from = formatDuration(spread.from);
      return spread.from === spread.to ? from : { uniform: [from, formatDuration(spread.to)] };
    }
    case 'list':
      return { list: spread.values.map(formatDuration) };
    case 'percentiles':
      return {
        percentiles: Object.fromEntries(
          spread.points.map(({ percent, latency }) => [`p${percent}`, formatDuration(latency)]),
        ),
      };
  }
}

function stepsOf({ pid, steps }: Application, index: number): unknown {
  const list = steps.map(stepOf);
  return pid === FIRST_PID + index ? list : { pid, steps: list };
}

function stepOf(step: Step): unknown {
  switch (step.do) {
    case 'create':
    case 'unlink':
    case 'fsync':
      return { [step.do]: step.path };
    case 'append':
      return { append: [step.path, formatSize(step.bytes)] };
    case 'overwrite':
    case 'store':
    case 'direct':
    case 'scribble':
      return { [step.do]: [step.path, formatSize(step.offset), formatSize(step.bytes)] };
    case 'sync':
      return 'sync';
    case 'use':
    case 'release':
      return { [step.do]: formatSize(step.bytes) };
    case 'sleep':
      return { sleep: spreadOf(step.for) };
    case 'at':
      return { at: formatDuration(step.at) };
    case 'repeat': {
      const times = step.times === undefined ? {} : { times: step.times };
      return { repeat: { every: spreadOf(step.every), ...times, do: step.steps.map(stepOf) } };
    }
  }
}

function crashOf(crash: CrashPlan): string {
  return crash.kind === 'at' ? formatDuration(crash.at) : crash.kind;
}

function aftermathOf(step: AftermathStep): unknown {
  switch (step.do) {
    case 'fsck':
    case 'remount':
      return step.do;
    case 'remove':
      return { remove: `leg${step.leg}` };
    case 'append':
      return { append: [step.path, formatSize(step.bytes)] };
    case 'create':
    case 'unlink':
    case 'read':
      return { [step.do]: step.path };
  }
}

function expectationOf([name, expected]: [string, Expectation]): [string, unknown] {
  const { outcome, exposed, withoutTime, harm, applicationsFault } = expected;
  return [name, saidOf({ outcome, exposed, withoutTime, harm, applicationsFault })];
}

/** Only what is said. */
function saidOf(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}

function printed(plain: object): string {
  const document = new Document(plain, { aliasDuplicateObjects: false });
  layOut(document.contents, 1);
  layOut(document.get('workload'), 2);
  return document.toString({ lineWidth: 100 });
}

/** Longer collections are written one entry a line. */
const LONGEST_LINE = 88;

/** The outermost `open` levels are written one entry a line however short they are. */
function layOut(node: unknown, open: number): void {
  if (!isMap(node) && !isSeq(node)) return;
  node.flow = open <= 0 && JSON.stringify(node.toJSON()).length <= LONGEST_LINE;
  if (node.flow) return;
  for (const item of node.items) layOut(isPair(item) ? item.value : item, open - 1);
}
