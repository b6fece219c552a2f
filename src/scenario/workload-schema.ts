/** The applications and their steps. */
import { z } from 'zod';
import { filePath } from './file-path.js';
import { fields, listOf, must, oneKey, whole, word } from './keyed.js';
import { refusal } from './refusal.js';
import { spread } from './spread-schema.js';
import { duration, size } from './units.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../media/geometry.js';
import type { Application, Step } from '../machine/program.js';
import { instantOf } from '../sim/time.js';

export const MOST_STEPS = 1_000;
/** How many repeats may stand inside each other. */
export const DEEPEST_REPEAT = 8;
const MOST_APPLICATIONS = 16;
/** The default pid of the first application; each next one has the next. */
export const FIRST_PID = 16;

const MiB = 2 ** 20;
const GiB = 2 ** 30;
/** What one step may append or overwrite. */
export const stored = size({ what: 'a size', least: 1, most: 16 * MiB });
/** What one step may take of the machine's memory or give back. */
const used = size({ what: 'a size', least: PAGE_BYTES, most: 64 * GiB });
const offset = size({ what: 'an offset', least: 0, most: 4 * GiB });

export function pathAndSize(verb: string): z.ZodType<[string, number]> {
  const error = refusal({ expected: `${verb}: [path, size], such as [/a, 1KiB]` });
  return z.tuple([filePath, stored], { error });
}

function placed(verb: string): z.ZodType<[string, number, number]> {
  const error = refusal({ expected: `${verb}: [path, offset, size], such as [/a, 0B, 1KiB]` });
  return z.tuple([filePath, offset, stored], { error });
}

const MAP_STEPS: Readonly<Record<string, z.ZodType<Step>>> = {
  create: filePath
    .transform((path): Step => ({ do: 'create', path }))
    .describe('Makes an empty file.'),
  append: pathAndSize('append')
    .transform(([path, bytes]): Step => ({ do: 'append', path, bytes }))
    .describe('Writes so many bytes at the end of a file: [path, size].'),
  overwrite: placed('overwrite')
    .transform(([path, at, bytes]): Step => ({ do: 'overwrite', path, offset: at, bytes }))
    .describe('Writes over what a file holds: [path, offset, size].'),
  store: placed('store')
    .transform(([path, at, bytes]): Step => ({ do: 'store', path, offset: at, bytes }))
    .describe('Stores into a file that is mapped shared (mmap): [path, offset, size].'),
  direct: placed('direct')
    .check(
      must(([, at, bytes]) => at % SECTOR_BYTES === 0 && bytes % SECTOR_BYTES === 0, {
        expected: 'whole sectors of 512B, as O_DIRECT demands',
      }),
    )
    .transform(([path, at, bytes]): Step => ({ do: 'direct', path, offset: at, bytes }))
    .describe('Writes whole sectors that the file has by O_DIRECT: [path, offset, size].'),
  scribble: placed('scribble')
    .transform(([path, at, bytes]): Step => ({ do: 'scribble', path, offset: at, bytes }))
    .describe(
      'Changes the buffer of a direct write of that range while it is under way: [path, offset, size].',
    ),
  unlink: filePath.transform((path): Step => ({ do: 'unlink', path })).describe('Deletes a file.'),
  fsync: filePath
    .transform((path): Step => ({ do: 'fsync', path }))
    .describe('Waits until the data and the inode of a file are written; not the bitmaps.'),
  use: used
    .transform((bytes): Step => ({ do: 'use', bytes }))
    .describe('Takes so much memory and fills it; without swap it is gone until it is released.'),
  release: used
    .transform((bytes): Step => ({ do: 'release', bytes }))
    .describe('Gives back memory that it has taken.'),
  at: duration
    .transform((instant): Step => ({ do: 'at', at: instantOf(instant) }))
    .describe('Sleeps until that instant of the run; goes on at once where it has passed.'),
  sleep: spread.transform((pause): Step => ({ do: 'sleep', for: pause })).describe('Does nothing.'),
  repeat: z
    .lazy(() => repeated)
    .transform((step): Step => step)
    .describe('Does a list of steps again and again.'),
};

const STEP_NAMES = Object.keys(MAP_STEPS);

export const step: z.ZodType<Step> = z
  .union(
    [
      word(['sync'])
        .transform((): Step => ({ do: 'sync' }))
        .describe('Waits until all that is dirty is written.'),
      oneKey<Step>('a step', MAP_STEPS),
    ],
    {
      error: refusal({
        expected: `a step: sync, or a map of one of ${STEP_NAMES.join(', ')}`,
        among: ['sync'],
      }),
    },
  )
  .meta({ id: 'step', description: 'What an application does next.' });

const repeated: z.ZodType<Step> = fields('repeat', {
  every: spread.describe('The pause before each round, after the round before it has ended.'),
  times: whole('a number of rounds', 1, 1e9)
    .optional()
    .describe('How many rounds. Default: until the run ends.'),
  do: listOf(
    z.lazy(() => step),
    'steps',
    1,
    MOST_STEPS,
  ).describe('The steps of one round.'),
}).transform((map): Step => ({ do: 'repeat', every: map.every, times: map.times, steps: map.do }));

const steps = listOf(step, 'steps', 1, MOST_STEPS);

const application = z.union(
  [
    steps.transform((list) => ({ pid: undefined, steps: list })),
    fields('an application', {
      pid: whole('a process id', 1, 2 ** 22 - 1)
        .optional()
        .describe(
          'Colours its first allocation in a group. Default: 16, 17, ... in the order of the file.',
        ),
      steps: steps.describe('Its steps, in order.'),
    }).transform((map) => ({ pid: map.pid, steps: map.steps })),
  ],
  { error: refusal({ expected: 'a list of steps, or { pid: 16, steps: [...] }' }) },
);

const applicationName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, {
  error: refusal({
    expected: 'a name of an application: a letter, then up to 31 letters, digits, - or _',
    atKey: true,
  }),
});

export const workload: z.ZodType<readonly Application[]> = z
  .record(applicationName, application, {
    error: refusal({ expected: 'a map of applications and their steps' }),
  })
  .check(
    must((map) => Object.keys(map).length > 0, {
      expected: 'at least one application with a step',
    }),
    must((map) => Object.keys(map).length <= MOST_APPLICATIONS, {
      expected: `at most ${MOST_APPLICATIONS} applications`,
    }),
  )
  .transform((map) =>
    Object.entries(map).map(([name, found], i): Application => {
      return { name, pid: found.pid ?? FIRST_PID + i, steps: found.steps };
    }),
  )
  .meta({ minProperties: 1, maxProperties: MOST_APPLICATIONS });
