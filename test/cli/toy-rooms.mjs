// Rooms whose runs come out as their seed says.
import { shipped } from '../../dist/cli/laboratory.js';

const OUTCOMES = ['clean', 'exposed', 'diverged', 'harmed'];
const FREE = {
  marks: 0,
  clears: 0,
  expectedResyncNs: 0,
  storeWaits: 0,
  storeWaitNs: 0,
  longestStoreWaitNs: 0,
  writesHeld: 0,
  copiedBytes: 0,
  sums: 0,
  pageWriteBytes: 0,
  syncWriteBytes: 0,
  syncs: 0,
  writeLatencyP50Ns: 0,
  writeLatencyP99Ns: 0,
};
const CLEARS = { ...FREE, recordWrites: 60, marks: 30, clears: 30, expectedResyncBytes: 2 ** 19 };
const HOLDS = { ...FREE, recordWrites: 4, marks: 4, expectedResyncBytes: 2 ** 21 };
const NONE = { fraction: 0, windowCount: 0 };
const BY_SEED = new Map([
  ['100', { verdict: 'FAIL', reasons: ['expected exposed: never, found 2 windows'] }],
  ['101', { verdict: 'ERROR', reasons: ['more than 50,000,000 events'] }],
  ['102', { verdict: 'NONDETERMINISTIC', reasons: ['event 17 differs'] }],
  ['103', { verdict: 'VOID', reasons: ['nothing could be cleared'] }],
  // Failures that can be shrunk: what comes of that see SHRINKING.
  ...['405', '406', '407', '409'].map((seed) => [seed, { verdict: 'FAIL', reasons: ['exposed'] }]),
]);

function run(scenario, strategy, seed) {
  if (seed === '666') throw new TypeError('slot 3 is not armed');
  // Tells whoever waits that runs are being made; the one that throws lies behind it then.
  if (seed === '700') process.stderr.write(`seed ${seed}\n`);
  const number = Number(seed);
  const outcome = strategy.name === 'mark-until-unmount' ? 'clean' : OUTCOMES[number % 4];
  const exposed = outcome !== 'clean';
  return {
    scenario: scenario.name,
    strategy: strategy.name,
    seed,
    strategySource: undefined,
    verdict: 'PASS-BOUNDED',
    reasons: [],
    ...BY_SEED.get(seed),
    outcome,
    events: 1000 + number,
    timing: 'scenario',
    simulatedNs: 120e9,
    raceHits: exposed ? 2 : 0,
    storesUnderWrite: 40,
    exposure: exposed
      ? {
          fraction: 0.25,
          windows: [{ fromNs: 30e9, toNs: 60e9, regions: [0] }],
          windowCount: 1,
          byApplication: NONE,
        }
      : { fraction: 0, windows: [], windowCount: 0, byApplication: NONE },
    costs: strategy.name === 'mark-until-unmount' ? HOLDS : CLEARS,
    crash: { atNs: 30e9, markedRegions: 0 },
    aftermath: [],
    recovery: { resyncedRegions: 0, resyncBytes: 0, durationNs: 0 },
    divergence: [],
    harm: [],
    fingerprint: '0123456789abcdef',
  };
}

const bench = {
  run,
  runAmongSeeds: run,
  runToSum: run,
  tell: (scenario, strategy, seed) => ({
    outcome: run(scenario, strategy, seed),
    happenings: [{ kind: 'crash', at: 30e9, actor: 'power' }],
    nameOf: (sector) => `sector ${sector}`,
    regionOf: () => 0,
  }),
  images: (_scenario, _strategy, seed, when) =>
    seed === '0' && when.at === undefined
      ? []
      : ['leg0.img', 'leg1.img', 'log.img'].map((name) => ({
          name,
          bytes: 8 * 1024 * 1024,
          chunks: () => [{ offset: 4096, bytes: Buffer.from(name) }],
        })),
};

const SHRINKING = {
  405() {
    for (;;);
  },
  406: () => process.exit(0),
  407() {
    throw new TypeError('slot 3 is not armed');
  },
  409: () => undefined,
};

export const rooms = {
  ...shipped,
  worker: new URL('toy-worker.mjs', import.meta.url),
  bench: () => Promise.resolve(bench),
  searches: async () => ({
    ...(await shipped.searches()),
    shrink: (_scenario, _strategy, seed) => SHRINKING[seed](),
  }),
};
