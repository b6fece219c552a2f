/** Random scenarios of which each is right. */
import fc from 'fast-check';
import { HARM_KINDS, type AftermathStep } from '../../src/aftermath/steps.js';
import { whyNotLayout } from '../../src/ext2/mkfs-layout.js';
import type { Application, Step } from '../../src/machine/program.js';
import { DRIVE_NAMES, DRIVES, type Drive } from '../../src/media/drives.js';
import type { Spread } from '../../src/media/latency.js';
import { OUTCOMES, type CrashPlan, type Scenario } from '../../src/scenario/scenario.js';
import type { Choice } from '../../src/sim/entropy.js';
import { durationOf, instantOf, seconds, type Duration } from '../../src/sim/time.js';

const DAYS = 30 * 24 * 3600e9;
const UNITS = [1, 1e3, 1e6, 1e9, 60e9];

function durations(most = DAYS): fc.Arbitrary<Duration> {
  return fc
    .tuple(fc.nat(), fc.constantFrom(...UNITS), fc.boolean())
    .map(([n, unit, raw]) => durationOf((raw ? n * 4096 : (n % 10_000) * unit) % (most + 1)));
}

const spread: fc.Arbitrary<Spread> = fc.oneof(
  fc.tuple(durations(), durations()).map(([a, b]): Spread => {
    return { kind: 'uniform', from: durationOf(Math.min(a, b)), to: durationOf(Math.max(a, b)) };
  }),
  durations().map((same): Spread => ({ kind: 'uniform', from: same, to: same })),
  fc
    .array(durations(), { minLength: 1, maxLength: 5 })
    .map((values): Spread => ({ kind: 'list', values })),
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 999_999 }), durations()), {
      selector: ([rank]) => rank,
      maxLength: 5,
    })
    .chain((inner) => fc.tuple(fc.constant(inner), durations(), durations()))
    .map(([inner, first, last]): Spread => {
      const ranks = [0, ...inner.map(([rank]) => rank).sort((a, b) => a - b), 1_000_000];
      const latencies = [first, ...inner.map(([, latency]) => latency), last].sort((a, b) => a - b);
      const points = ranks.map((rank, i) => ({
        percent: rank / 10_000,
        latency: latencies[i] ?? durationOf(0),
      }));
      return { kind: 'percentiles', points };
    }),
);

const drive: fc.Arbitrary<Drive> = fc.oneof(
  fc.constantFrom(...DRIVE_NAMES).map((name) => DRIVES[name]),
  fc.record({ firstSample: spread, durable: spread, sectorTime: durations() }),
);

const FILES = ['/a', '/b c', '/: #', '/"\'', '/-', '/ä🙂', '/null', '/7'];
const file = fc.constantFrom(...FILES);
const bytes = fc.oneof(fc.integer({ min: 1, max: 2 ** 24 }), fc.constantFrom(1024, 2 ** 20));

const { step } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({ do: fc.constantFrom('create', 'unlink', 'fsync'), path: file }),
    fc.record({ do: fc.constant('append'), path: file, bytes }),
    fc.record({
      do: fc.constantFrom('overwrite', 'store', 'scribble'),
      path: file,
      offset: fc.nat(2 ** 32 - 1),
      bytes,
    }),
    fc.record({
      do: fc.constant('direct'),
      path: file,
      offset: fc.nat(2 ** 20).map((n) => n * 512),
      bytes: fc.integer({ min: 1, max: 2 ** 15 }).map((n) => n * 512),
    }),
    fc.constant<Step>({ do: 'sync' }),
    fc.record({
      do: fc.constantFrom('use', 'release'),
      bytes: fc.integer({ min: 1, max: 2 ** 12 }).map((n) => n * 4096),
    }),
    fc.record({ do: fc.constant('sleep'), for: spread }),
    fc.record({ do: fc.constant('at'), at: durations().map(instantOf) }),
    fc.record({
      do: fc.constant('repeat'),
      every: spread,
      times: fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
      steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

const workload: fc.Arbitrary<readonly Application[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,5}$/),
      pid: fc.integer({ min: 1, max: 40 }),
      steps: fc.array(step, { maxLength: 6 }),
    }),
    { selector: (app) => app.name, minLength: 1, maxLength: 4 },
  )
  .map((apps) =>
    apps.map((app, i) => {
      const creates = FILES.map((path): Step => ({ do: 'create', path }));
      return { ...app, steps: i === 0 ? [...creates, ...app.steps] : [...creates, { do: 'sync' }] };
    }),
  );

const aftermath: fc.Arbitrary<readonly AftermathStep[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('fsck', 'remount') }),
    fc.record({ do: fc.constantFrom('create', 'unlink', 'read'), path: file }),
    fc.record({ do: fc.constant('append'), path: file, bytes }),
  ),
  { maxLength: 6 },
);

const most = fc.option(fc.nat(1_000_000), { nil: undefined });

const story = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.stringMatching(/^[-#:&*?!|>'"%@`{}[\], \n0-9a-f~]{1,30}$/),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '' && !/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u.test(text));

const expectation = fc.record({
  outcome: fc.constantFrom(undefined, ...OUTCOMES),
  exposed: fc.constantFrom(undefined, 'never' as const, 'sometimes' as const),
  withoutTime: fc.constantFrom(undefined, 'never' as const, 'sometimes' as const),
  applicationsFault: fc.constantFrom(undefined, 'counted' as const, 'apart' as const),
  harm: fc.option(fc.uniqueArray(fc.constantFrom(...HARM_KINDS)), { nil: undefined }),
});

const sizes = fc
  .tuple(
    fc.constantFrom(1024 as const, 4096 as const),
    fc.integer({ min: 64, max: 2 ** 20 }),
    fc.nat(20),
  )
  .filter(([blockBytes, blocks]) => whyNotLayout(blockBytes, blocks) === undefined)
  .map(([blockBytes, blocks, shift]) => {
    const size = blockBytes * blocks;
    let regionBytes = 4096;
    for (let i = 0; i < shift && regionBytes * 2 <= size; i++) regionBytes *= 2;
    return { filesystem: { type: 'ext2' as const, blockBytes, bytes: size }, regionBytes };
  });

const instants = durations(DAYS - 1)
  .map((duration) => durationOf(duration + 1))
  .chain((duration) =>
    fc.record({
      duration: fc.constant(duration),
      crash: fc.oneof(
        fc.constantFrom<CrashPlan>({ kind: 'none' }, { kind: 'random' }, { kind: 'first-exposed' }),
        durations(duration).map((at): CrashPlan => ({ kind: 'at', at: instantOf(at) })),
      ),
    }),
  );

const tunings = [
  {},
  { 'clear-after-period': { period: seconds(10) } },
  { 'activity-log': { granule: 65536, extents: 3 }, 'clean-candidate': { period: seconds(7) } },
  { 'md-bitmap': { granule: 4096 }, 'md-llbitmap': { idle: seconds(1), period: seconds(9) } },
];

const choices = fc
  .uniqueArray(fc.constantFrom('leg 0', 'agenda', 'application a', '7'), { maxLength: 3 })
  .chain((streams) =>
    fc.tuple(
      ...streams.map((stream) =>
        fc
          .uniqueArray(fc.nat(500), { minLength: 1, maxLength: 4 })
          .chain((ns) => fc.tuple(...ns.toSorted((a, b) => a - b).map((n) => choice(stream, n)))),
      ),
    ),
  )
  .map((lists) => inKeyOrder(lists.flat()));

/** Keys of an object that look like numbers come first. */
function inKeyOrder(list: readonly Choice[]): Choice[] {
  return [
    ...list.filter(({ stream }) => stream === '7'),
    ...list.filter(({ stream }) => stream !== '7'),
  ];
}

function choice(stream: string, n: number): fc.Arbitrary<Choice> {
  return fc
    .tuple(fc.constantFrom('next', 'first sample', '1: #'), fc.integer({ min: 2, max: 2 ** 40 }))
    .chain(([what, bound]) =>
      fc.integer({ min: 1, max: bound - 1 }).map((answer) => ({ stream, n, what, bound, answer })),
    );
}

export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    story,
    seed: fc.maxSafeNat().map(String),
    instants,
    memoryBytes: fc.integer({ min: 2 ** 24, max: 2 ** 30 }),
    sizes,
    legs: fc.array(drive, { minLength: 2, maxLength: 9 }),
    log: drive,
    initially: fc.constantFrom('in-sync' as const, 'out-of-sync' as const),
    preemption: spread,
    workload,
    strategies: fc.constantFrom(...tunings),
    recovery: fc.record({
      interruptedAt: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 3 }),
    }),
    aftermath,
    expect: fc.dictionary(
      fc.oneof(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), fc.constant('./my fix: "1".js')),
      expectation,
      { maxKeys: 3, noNullPrototype: true },
    ),
    events: fc.integer({ min: 1, max: 2e9 }),
    files: fc
      .uniqueArray(fc.constantFrom(...FILES), { maxLength: 2 })
      .map((paths) => paths.map((path, n) => ({ path, bytes: 1024 * (n + 1) }))),
    fileTimes: fc.constantFrom('change' as const, 'stay' as const),
    bound: fc.record({ writebacks: most, syncs: most, stores: most }),
    choices: fc.option(choices, { nil: undefined }),
    takesFree: fc.boolean(),
  })
  .map(
    ({ takesFree, instants: { duration, crash }, sizes: { filesystem, regionBytes }, ...rest }) => {
      const { legs, log, initially, events, ...same } = rest;
      const isFree = takesFree && same.choices !== undefined && !isInstant(crash);
      return {
        name: 'x',
        kernel: 'linux-2.6.25',
        duration,
        crash,
        filesystem,
        mirror: { regionBytes, legs, log, initially },
        limits: { events },
        timing: isFree ? ('free' as const) : ('scenario' as const),
        ...same,
      };
    },
  );

function isInstant({ kind }: CrashPlan): boolean {
  return kind === 'at' || kind === 'random';
}
