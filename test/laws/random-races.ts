/**
 * Random scenarios in which much happens in little time: for laws that run each of them, where
 * those of `test/scenario/arbitrary.ts` are as wide as a file may be, and mostly wait.
 */
import fc from 'fast-check';
import type { Step } from '../../src/machine/program.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Drive } from '../../src/media/drives.js';
import type { Spread } from '../../src/media/latency.js';
import { fitsTogether } from '../../src/scenario/rules.js';
import { KERNEL_NAMES, type Scenario } from '../../src/scenario/scenario.js';
import { milliseconds, type Duration } from '../../src/sim/time.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { smallScenario } from '../support/small-scenario.js';
import { HASTY } from './benches.js';

export interface Race {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly seed: string;
}

/** What an application may do in a race. */
export type Deeds = 'all' | 'without scribbles';

/** `times`: how often each application does what it does; undefined: to the end. */
export function races(deeds: Deeds, duration: Duration, times?: number): fc.Arbitrary<Race> {
  const scenario = fc
    .record({
      legs: fc.array(drive, { minLength: 2, maxLength: 4 }),
      log: drive,
      initially: fc.constantFrom('in-sync' as const, 'in-sync' as const, 'out-of-sync' as const),
      shift: fc.nat(6),
      blockBytes: fc.constantFrom(1024 as const, 4096 as const),
      kernel: fc.constantFrom(...KERNEL_NAMES),
      fileTimes: fc.constantFrom('change' as const, 'stay' as const),
      preemption: spread,
      applications: fc.array(fc.array(stepOf(deeds), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 3,
      }),
      pace: fc.array(spread, { minLength: 3, maxLength: 3 }),
    })
    .map(({ legs, log, initially, shift, blockBytes, applications, pace, ...same }): Scenario => ({
      ...smallScenario(HASTY),
      ...same,
      duration,
      mirror: { legs, log, initially, regionBytes: 4096 * (1 << shift) },
      filesystem: { type: 'ext2', blockBytes, bytes: 512 * 1024 },
      workload: applications.map((steps, n) => ({
        name: `app${n}`,
        pid: 16 + n,
        steps: [
          ...FILES.map((path): Step => ({ do: 'create', path })),
          { do: 'append', path: '/a', bytes: 6000 },
          { do: 'append', path: '/b', bytes: 3000 },
          { do: 'repeat', every: pace[n]!, times, steps },
        ],
      })),
    }))
    .filter(fitsTogether);
  return fc.record({
    scenario,
    strategy: fc.constantFrom(...SHIPPED),
    seed: fc.nat(1_000_000).map(String),
  });
}

const FILES = ['/a', '/b'];

/** Instants on a grid fall together, and what falls together has a choice of order. */
const spread: fc.Arbitrary<Spread> = fc.oneof(
  fc.tuple(fc.nat(5), fc.nat(20)).map(([from, more]): Spread => ({
    kind: 'uniform',
    from: milliseconds(from),
    to: milliseconds(from + more),
  })),
  fc
    .array(fc.nat(4), { minLength: 1, maxLength: 3 })
    .map((values): Spread => ({ kind: 'list', values: values.map(milliseconds) })),
);

const drive: fc.Arbitrary<Drive> = fc.record({
  firstSample: spread,
  durable: spread,
  sectorTime: fc.constantFrom(0, 0.05, 1).map(milliseconds),
});

function stepOf(deeds: Deeds): fc.Arbitrary<Step> {
  const path = fc.constantFrom(...FILES);
  const bytes = fc.integer({ min: 1, max: 5000 });
  const offset = fc.nat(5000);
  const sectors = fc.integer({ min: 1, max: 8 }).map((n) => n * 512);
  const steps: fc.Arbitrary<Step>[] = [
    fc.record({ do: fc.constantFrom('create', 'unlink', 'fsync', 'fsync'), path }),
    fc.record({ do: fc.constant('append'), path, bytes }),
    fc.record({ do: fc.constantFrom('overwrite', 'store', 'store'), path, offset, bytes }),
    fc.record({
      do: fc.constantFrom('overwrite', 'store'),
      path: fc.constant('/a'),
      offset,
      bytes,
    }),
    fc.record({
      do: fc.constant('direct'),
      path: fc.constant('/a'),
      offset: sectors,
      bytes: sectors,
    }),
    fc.constant<Step>({ do: 'sync' }),
    fc.record({ do: fc.constant('sleep'), for: spread }),
  ];
  if (deeds === 'all') {
    steps.push(fc.record({ do: fc.constant('scribble'), path: fc.constant('/a'), offset, bytes }));
  }
  return fc.oneof(...steps);
}
