/** What a scenario may say of the strategies that come with the program. */
import { type z } from 'zod';
import { fields, must, whole } from './keyed.js';
import { duration, size } from './units.js';
import { PAGE_BYTES, isPowerOfTwo } from '../media/geometry.js';
import type { StrategyParameters } from '../strategies/parameters.js';

const GiB = 2 ** 30;
/** `al-extents` by default: so many slots the activity log has on the disk. */
const MOST_EXTENTS = 1237;

export interface Parameter {
  /** As scenarios write it. */
  readonly name: string;
  readonly meaning: string;
  /** As a scenario would write what holds without it. A test holds it against the strategy. */
  readonly usual: string;
  /** As the strategy takes it. */
  readonly field: keyof StrategyParameters;
  readonly values: z.ZodType<number>;
}

const period: z.ZodType<number> = duration.check(
  must((ns) => ns > 0, { expected: 'more than no time' }),
);

function granule(what: string): z.ZodType<number> {
  return size({ what, least: PAGE_BYTES, most: 4 * GiB }).check(
    must(isPowerOfTwo, { expected: 'a power of two, such as 4MiB' }),
  );
}

/** By strategy; the others have none. */
export const PARAMETERS: Readonly<Record<string, readonly Parameter[]>> = {
  'clear-after-period': [
    {
      name: 'period',
      field: 'period',
      values: period,
      usual: '30s',
      meaning: 'How long a region must go without a write.',
    },
  ],
  'clean-candidate': [
    {
      name: 'period',
      field: 'period',
      values: period,
      usual: '120s',
      meaning: 'How often candidates are named and all is synced.',
    },
  ],
  'activity-log': [
    {
      name: 'extent',
      field: 'granule',
      values: granule('an extent'),
      usual: '4MiB',
      meaning: 'The unit of the log.',
    },
    {
      name: 'extents',
      field: 'extents',
      usual: '1237',
      values: whole('a number of extents', 1, MOST_EXTENTS),
      meaning: 'How many may be hot at once.',
    },
  ],
  'md-bitmap': [
    {
      name: 'chunk',
      field: 'granule',
      values: granule('a chunk'),
      usual: '64MiB',
      meaning: 'The unit of the bitmap.',
    },
    {
      name: 'daemonSleep',
      field: 'period',
      values: period,
      usual: '5s',
      meaning: "How often md's daemon looks at the bitmap.",
    },
  ],
  'md-llbitmap': [
    {
      name: 'chunk',
      field: 'granule',
      values: granule('a chunk'),
      usual: '64KiB',
      meaning: 'The unit of the bitmap.',
    },
    {
      name: 'daemonSleep',
      field: 'period',
      values: period,
      usual: '30s',
      meaning: 'How long after the first mark the daemon looks.',
    },
    {
      name: 'idle',
      field: 'idle',
      values: period,
      usual: '5s',
      meaning: 'What counts as idle then.',
    },
  ],
};

const shapes = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, parameters]) => [
    name,
    shapeOf(name, parameters).optional(),
  ]),
);

export const strategies = fields('strategies', shapes)
  .transform((map): Readonly<Record<string, StrategyParameters>> => {
    const said = Object.entries(map).filter(([, parameters]) => parameters !== undefined);
    return Object.fromEntries(said) as Readonly<Record<string, StrategyParameters>>;
  })
  .prefault({})
  .describe('Parameters of the strategies. Default: as the kernel, the mail or DRBD has them.');

function shapeOf(strategy: string, parameters: readonly Parameter[]) {
  const shape = Object.fromEntries(
    parameters.map(({ name, values, meaning, usual }) => [
      name,
      values.optional().describe(`${meaning} Default: ${usual}.`),
    ]),
  );
  return fields(strategy, shape).transform((map) =>
    Object.fromEntries(parameters.map(({ name, field }) => [field, map[name]])),
  );
}
