/** What every strategy is put through: scenarios that are small, odd, full of ties, or large. */
import { SHIPPED } from '../../src/strategies/shipped.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';
import { drive, smallScenario } from '../support/small-scenario.js';

export type Bench = readonly [name: string, scenario: Scenario];

const STEPWISE = drive('{ list: [0ms, 1ms, 2ms] }', '{ list: [1ms, 2ms] }', '1ms');
const ROUGH = drive('{ uniform: [0ms, 4ms] }', '{ uniform: [1ms, 9ms] }', '50us');

const APPENDS =
  '{ app: [{ create: /a }, { repeat: { every: { uniform: [5ms, 60ms] }, do: [{ append: [/a, 300B] }, { fsync: /a }, { unlink: /a }, { create: /a }] } }] }';
const SEVERAL =
  '{ one: [{ create: /a }, { repeat: { every: { uniform: [1ms, 40ms] }, do: [{ append: [/a, 3KiB] }, { overwrite: [/a, 0B, 2KiB] }, { fsync: /a }, { unlink: /a }, { create: /a }] } }],' +
  ' two: [{ create: /b }, { repeat: { every: { uniform: [10ms, 900ms] }, do: [{ append: [/b, 700B] }, sync, { unlink: /b }, { create: /b }] } }] }';
const MAPPED =
  '{ one: [{ create: /a }, { append: [/a, 6KiB] }, { repeat: { every: { uniform: [1ms, 40ms] }, do: [{ store: [/a, 0B, 5KiB] }, { store: [/a, 1KiB, 600B] }] } }],' +
  ' two: [{ at: 300ms }, { repeat: { every: { uniform: [10ms, 900ms] }, do: [{ fsync: /a }, { store: [/a, 4KiB, 1KiB] }, sync] } }] }';
const DIRECT =
  '{ one: [{ create: /a }, { append: [/a, 6KiB] }, { repeat: { every: { uniform: [1ms, 40ms] }, do: [{ direct: [/a, 512B, 3KiB] }, { overwrite: [/a, 2KiB, 3KiB] }] } }],' +
  ' two: [{ repeat: { every: { uniform: [0ms, 9ms] }, do: [{ scribble: [/a, 1KiB, 2KiB] }] } }],' +
  ' three: [{ at: 300ms }, { repeat: { every: { uniform: [0ms, 300ms] }, do: [{ overwrite: [/a, 0B, 1KiB] }, { fsync: /a }] } }] }';
/** Of 4096 pages some 200 are left. */
const SHORT =
  '{ hog: [{ use: 15700KiB }, { repeat: { every: { uniform: [1s, 2s] }, do: [{ release: 1MiB }, { sleep: 300ms }, { use: 1MiB }] } }],' +
  ' one: [{ create: /a }, { repeat: { every: { uniform: [10ms, 90ms] }, do: [{ append: [/a, 60KiB] }, { overwrite: [/a, 0B, 2KiB] }, { unlink: /a }, { create: /a }] } }],' +
  ' two: [{ create: /b }, { append: [/b, 9KiB] }, { repeat: { every: { uniform: [1ms, 40ms] }, do: [{ store: [/b, 0B, 5KiB] }, { overwrite: [/b, 5KiB, 1KiB] }, { fsync: /b }] } }] }';
const STEPS_ON_A_GRID =
  '{ app: [{ create: /a }, { append: [/a, 4KiB] }, { repeat: { every: { list: [1ms, 2ms, 3ms] }, do: [{ overwrite: [/a, 512B, 2KiB] }, { append: [/a, 512B] }, { fsync: /a }, { unlink: /a }, { create: /a }, { append: [/a, 4KiB] }] } }] }';

/** Quick enough for all that goes by time or by number to happen often within seconds. */
export const HASTY =
  'strategies={ clear-after-period: { period: 900ms }, clean-candidate: { period: 1700ms },' +
  ' activity-log: { extent: 4KiB, extents: 9 }, md-bitmap: { chunk: 8KiB, daemonSleep: 700ms },' +
  ' md-llbitmap: { chunk: 4KiB, daemonSleep: 1300ms, idle: 300ms } }';

/** A store between two legs' samples in each of two regions; one is written again, one stays. */
export const TWO_EXPOSED_BENCH: Bench = [
  'two exposed regions, one of them written again',
  smallScenario(
    'duration=20s',
    `mirror.legs=[${drive('1ms', '1ms')}, ${drive('9ms', '1ms')}]`,
    'workload={ one: { pid: 1, steps: [{ create: /a }, { append: [/a, 512B] }, { at: 1s }, { fsync: /a }, { at: 2s }, { fsync: /a }] }, two: { pid: 9, steps: [{ create: /b }, { append: [/b, 512B] }, { at: 1s }, { fsync: /b }] }, three: [{ at: 1012ms }, { store: [/a, 0B, 512B] }, { store: [/b, 0B, 512B] }] }',
  ),
];

/** Small enough to be looked at after every event. */
export const SMALL_BENCHES: readonly Bench[] = [
  ['appends', small(ROUGH, 2, `workload=${APPENDS}`, 'duration=80s')],
  ['several applications', small(ROUGH, 2, `workload=${SEVERAL}`, 'duration=20s')],
  [
    'everything on a grid of milliseconds',
    small(
      STEPWISE,
      2,
      `workload=${STEPS_ON_A_GRID}`,
      'duration=8s',
      'preemption={ list: [0ms, 1ms] }',
    ),
  ],
  ['stores into mappings', small(ROUGH, 2, `workload=${MAPPED}`, 'duration=40s')],
  ['buffers that change under O_DIRECT', small(ROUGH, 2, `workload=${DIRECT}`, 'duration=20s')],
  [
    'memory that runs short',
    small(ROUGH, 2, `workload=${SHORT}`, 'duration=8s', 'memory=16MiB', 'filesystem.size=1MiB'),
  ],
  ['three legs', small(ROUGH, 3, `workload=${SEVERAL}`, 'duration=8s')],
  ['nine legs', small(STEPWISE, 9, `workload=${APPENDS}`, 'duration=40s')],
  [
    'a kernel that flushes caches',
    small(ROUGH, 2, `workload=${SEVERAL}`, 'duration=10s', 'kernel=linux-6.1'),
  ],
  [
    'a first recovery',
    small(ROUGH, 3, `workload=${SEVERAL}`, 'duration=8s', 'mirror.initially=out-of-sync'),
  ],
  [
    'blocks as large as pages',
    small(ROUGH, 2, `workload=${APPENDS}`, 'duration=80s', 'filesystem.blockSize=4KiB'),
  ],
];

/**
 * Regions whose bits stand in the last sectors of a long log, which land milliseconds after the
 * first.
 */
export const FAR_BENCH: Bench = [
  'bits far behind in a long log',
  smallScenario(
    'duration=1s',
    'filesystem={ type: ext2, blockSize: 4KiB, size: 128MiB }',
    `mirror.log=${drive('1ms', '1ms', '1ms')}`,
    'workload={ app: { pid: 15, steps: [{ create: /a }, { repeat: { every: 1ms, do: [{ append: [/a, 1KiB] }, { fsync: /a }] } }] } }',
  ),
];

/** The last region has half as many sectors as the others, and the file reaches into it. */
export const SHORT_BENCH: Bench = [
  'a short last region',
  small(
    ROUGH,
    2,
    'duration=6s',
    'filesystem.size=254KiB',
    'workload={ app: [{ create: /a }, { append: [/a, 180KiB] }, sync, { repeat: { every: { uniform: [1ms, 40ms] }, do: [{ overwrite: [/a, 160KiB, 20KiB] }, { fsync: /a }] } }] }',
  ),
];

/**
 * More extents are hot than one transaction's context holds, and the transactions that made them so
 * are long overwritten when they are written again.
 */
export const FULL_LOG_BENCH: Bench = [
  'more hot extents than a context holds',
  smallScenario(
    'duration=14s',
    'filesystem={ type: ext2, blockSize: 4KiB, size: 8MiB }',
    'strategies={ activity-log: { extent: 4KiB, extents: 1150 } }',
    'workload={ app: [{ create: /a }, { append: [/a, 4MiB] }, sync, { at: 8s }, { create: /b },' +
      ' { repeat: { every: 90ms, do: [{ append: [/b, 12KiB] }, { fsync: /b }, { overwrite: [/a, 3960KiB, 16KiB] }, { fsync: /a }] } }] }',
  ),
];

/** Extents come and go for several laps of the ring, and each transaction is torn for 7 ms. */
export const TORN_BENCH: Bench = [
  'transactions that are torn for long',
  smallScenario(
    'duration=10s',
    'filesystem.size=1MiB',
    'strategies={ activity-log: { extent: 4KiB, extents: 40 } }',
    `mirror.log=${drive('1ms', '1ms', '1ms')}`,
    `workload={ app: [{ create: /a }, { append: [/a, 700KiB] }, sync, ${inTurn(150)}] }`,
  ),
];

/** A write of each page of a file, one after another. */
function inTurn(pages: number): string {
  const one = (page: number): string =>
    `{ overwrite: [/a, ${(page * 44) % 680}KiB, 4KiB] }, { fsync: /a }`;
  return Array.from({ length: pages }, (_, page) => one(page)).join(', ');
}

export const LARGE_BENCHES: readonly Bench[] = [
  ['the mail', shippedScenario('ext2-bitmap.yaml', 'duration=80s')],
  [
    'a log of many sectors',
    shippedScenario(
      'ext2-bitmap.yaml',
      'duration=80s',
      'mirror.regionSize=4KiB',
      `mirror.log=${drive('{ uniform: [0ms, 2ms] }', '1ms', '2ms')}`,
    ),
  ],
];

/** All that come with the program. */
export const SHIPPED_BENCHES: readonly Bench[] = shippedScenarios().map((path): Bench => [
  path,
  shippedScenario(path, HASTY),
]);

/** Laws that a strategy may break, and why. */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'what is quiet is clean': {
    'mark-until-unmount': 'it keeps every mark until the file system is unmounted',
    'activity-log': 'an extent stays hot until others push it out',
    'md-llbitmap': 'a state that became clean is written with the next one that becomes dirty',
    'core-log': 'nothing is durable that could say so',
  },
};

/** Every strategy on every bench, but for the law's exceptions. */
export function casesOf(law: string, benches: readonly Bench[]): Case[] {
  const excused = EXCEPTIONS[law] ?? {};
  return SHIPPED.filter(({ name }) => !(name in excused)).flatMap((strategy) =>
    benches.map(([bench, scenario]): Case => [strategy.name, bench, scenario, strategy]),
  );
}

export type Case = readonly [
  strategyName: string,
  bench: string,
  scenario: Scenario,
  strategy: FixStrategy,
];

function small(leg: string, legs: number, ...sets: readonly string[]): Scenario {
  const all = Array.from({ length: legs }, () => leg).join(', ');
  return smallScenario(
    'preemption={ uniform: [0us, 3ms] }',
    `mirror.legs=[${all}]`,
    `mirror.log=${leg}`,
    HASTY,
    ...sets,
  );
}
