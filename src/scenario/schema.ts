/**
 * The scenario file: every key, what it takes, what it means and what it is by default.
 *
 * What concerns one value stands here; what must fit together stands in `rules.ts`.
 */
import { z } from 'zod';
import { aftermathStep } from './aftermath-schema.js';
import { bound, files, fileTimes, timing } from './boot-schema.js';
import { choices } from './choices-schema.js';
import { drive } from './drive-schema.js';
import { fields, listOf, must, whole, word } from './keyed.js';
import { refusal } from './refusal.js';
import {
  KERNEL_NAMES,
  OUTCOMES,
  type CrashPlan,
  type Expectation,
  type Scenario,
} from './scenario.js';
import { spread } from './spread-schema.js';
import { strategies } from './strategies-schema.js';
import { duration, formatSize, meantDuration, size, someDuration } from './units.js';
import { workload } from './workload-schema.js';
import { HARM_KINDS } from '../aftermath/steps.js';
import { MOST_LEGS, PAGE_BYTES, isPowerOfTwo } from '../media/geometry.js';
import { instantOf } from '../sim/time.js';

const DEFAULT_EVENTS = 50_000_000;
const MOST_EVENTS = 2_000_000_000;
const MOST_STORY = 2_000;
const MOST_AFTERMATH = 1_000;
const MOST_INTERRUPTIONS = 100;
const LEAST_BLOCKS = 64;
const GiB = 2 ** 30;
const MiB = 2 ** 20;

const story = text(MOST_STORY).describe('What happens here, in a sentence.');
const seed = whole('a whole number', 0, Number.MAX_SAFE_INTEGER)
  .prefault(1)
  .transform(String)
  .describe('The seed when the command names none. Default: 1.');
const runDuration = someDuration.describe('How long the run goes on; a crash does not end it.');
const kernel = word(KERNEL_NAMES).describe(
  'Whose behaviour is modelled: which stores wait for a write, plugging, cache flushes.',
);
const memory = size({ what: 'memory', least: 16 * MiB, most: 64 * GiB }).describe(
  'Memory of the machine: it decides when pages are written back for want of room.',
);

export const regionSize = size({ what: 'a region', least: PAGE_BYTES, most: 4 * GiB })
  .check(must(isPowerOfTwo, { expected: 'a power of two, such as 512KiB' }))
  .describe('The unit of the region log: a power of two, at least 4KiB.');

const mirror = fields('the mirror', {
  regionSize,
  initially: word(['in-sync', 'out-of-sync'])
    .prefault('in-sync')
    .describe('Whether the legs are equal at boot, or all is to be copied. Default: in-sync.'),
  legs: listOf(drive('a leg'), 'legs', 2, MOST_LEGS).describe('The drives that are mirrored.'),
  log: drive('the log').describe('The drive that holds the region log.'),
})
  .transform(({ regionSize: regionBytes, ...rest }) => ({ regionBytes, ...rest }))
  .describe('The mirror (dm-raid1).');

const BLOCK_BYTES = { '1KiB': 1024, '4KiB': 4096 } as const;

export const filesystem = fields('the file system', {
  type: word(['ext2']).describe('Only ext2.'),
  blockSize: z
    .enum(['1KiB', '4KiB'], { error: refusal({ expected: '1KiB or 4KiB' }) })
    .transform((name) => BLOCK_BYTES[name])
    .describe('The unit of allocation.'),
  size: size({ what: 'a file system', least: LEAST_BLOCKS * 1024, most: 4 * GiB }).describe(
    'Its size, and so that of each leg: whole blocks, at least 64 of them, at most 4GiB.',
  ),
})
  .check(
    must(
      (map) => map.size >= LEAST_BLOCKS * map.blockSize,
      (map) => ({
        expected: `at least ${LEAST_BLOCKS} blocks (${formatSize(LEAST_BLOCKS * map.blockSize)})`,
      }),
      ['size'],
    ),
    must(
      (map) => map.size % map.blockSize === 0,
      (map) => ({ expected: `whole blocks of ${formatSize(map.blockSize)}` }),
      ['size'],
    ),
  )
  .transform((map) => ({ type: map.type, blockBytes: map.blockSize, bytes: map.size }))
  .describe('The file system on the mirror.');

const CRASHES = ['first-exposed', 'random', 'none'] as const;
const crash: z.ZodType<CrashPlan> = z
  .union(
    [
      word(CRASHES)
        .transform((kind): CrashPlan => ({ kind }))
        .describe('At the first instant that is exposed, at a random one, or not at all.'),
      duration.transform((at): CrashPlan => ({ kind: 'at', at: instantOf(at) })),
    ],
    {
      error: (issue) =>
        refusal({
          expected: `one of ${CRASHES.join(', ')}, or an instant such as 42s`,
          among: CRASHES,
          hint: meantDuration(issue.input),
        }),
    },
  )
  .prefault('none')
  .describe('When the power fails. Default: none.');

const expectation = fields('an expectation', {
  outcome: word(OUTCOMES).optional().describe('The worst that comes of the run.'),
  exposed: word(['never', 'sometimes'])
    .optional()
    .describe('Whether there is an instant at which a crash would end in divergence.'),
  withoutTime: word(['never', 'sometimes'])
    .optional()
    .describe('The same in `explore --timing free`. Default: as with time.'),
  harm: listOf(word(HARM_KINDS), 'kinds of harm', 0, HARM_KINDS.length)
    .optional()
    .describe('Kinds of harm, each of which must be found.'),
  applicationsFault: word(['counted', 'apart'])
    .optional()
    .describe(
      'Whether it counts that an application changes the buffer of its own O_DIRECT write. Default: apart.',
    ),
}).transform((map): Expectation => ({
  outcome: map.outcome,
  exposed: map.exposed,
  withoutTime: map.withoutTime,
  harm: map.harm,
  applicationsFault: map.applicationsFault,
}));

/** `clear-when-idle`, or where a strategy of one's own lies: `./my-fix.js`. */
const STRATEGY =
  /^([a-z][a-z0-9]*(-[a-z0-9]+)*|(\.{0,2}\/|[A-Za-z0-9_-]+\/)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,250})$/u;
const aStrategy = {
  expected: 'the name of a strategy, such as clear-when-idle, or a path, such as ./my-fix.js',
};
export const strategyName = z
  .string({ error: refusal(aStrategy) })
  .regex(STRATEGY, { error: refusal({ ...aStrategy, atKey: true }) });
const expect = z
  .record(strategyName, expectation, {
    error: refusal({ expected: 'a map of strategies and what each must show' }),
  })
  .prefault({})
  .describe('What each strategy must show; what is not said is not judged. Default: nothing.');

const limits = fields('the limits', {
  events: whole('a number of events', 1, MOST_EVENTS)
    .prefault(DEFAULT_EVENTS)
    .describe(`Events after which a run is given up as endless. Default: ${DEFAULT_EVENTS}.`),
})
  .prefault({})
  .describe('What a run may cost.');

const share = z
  .string({ error: refusal({ expected: 'a share of the recovery, such as 50%' }) })
  .regex(/^(0|[1-9]\d?)%$/, { error: refusal({ expected: 'a share from 0% to 99%' }) })
  .transform((text) => Number(text.slice(0, -1)));

const recovery = fields('the recovery', {
  interruptedAt: listOf(share, 'shares', 0, MOST_INTERRUPTIONS)
    .prefault([])
    .describe('How much of it is durable when the power fails again, time after time.'),
})
  .prefault({})
  .describe('What happens to the recovery. Default: nothing, it is completed.');

/** What comes out is a {@link Scenario} but for two names. */
export const scenarioSchema = fields('a scenario', {
  story,
  seed,
  duration: runDuration,
  kernel,
  memory,
  mirror,
  filesystem,
  files,
  fileTimes,
  preemption: spread
    .prefault('0s')
    .describe('How long a thread may be gone where it can be preempted. Default: 0s.'),
  workload: workload.describe('The applications, each with its list of steps.'),
  strategies,
  crash,
  recovery,
  aftermath: listOf(aftermathStep, 'steps', 0, MOST_AFTERMATH)
    .prefault([])
    .describe('What is done after the crash and the recovery, in order. Default: nothing.'),
  expect,
  limits,
  bound,
  timing,
  choices: choices
    .optional()
    .describe(
      'Answers given in advance, by stream: [question, what, bound, answer]; all others are 0, and no seed counts. Default: a seed answers.',
    ),
}).describe('A scenario of desync: everything a run depends on but the strategy and the seed.');

export type Checked = z.output<typeof scenarioSchema>;

export function scenarioOf(checked: Checked, name: string): Scenario {
  const { memory: memoryBytes, ...rest } = checked;
  return { name, ...rest, memoryBytes, choices: checked.choices };
}

function text(most: number) {
  const error = refusal({
    expected: `a text of 1 to ${most} characters, without control characters`,
  });
  return z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(most, { error })
    .regex(/^(\n|[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])*$/u, { error });
}
