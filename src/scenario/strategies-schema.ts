/** What a scenario may say of the strategies that come with the program. */
import { fields, must, whole } from './keyed.js';
import { duration, size } from './units.js';
import { PAGE_BYTES, isPowerOfTwo } from '../media/geometry.js';
import type { StrategyParameters } from '../strategies/parameters.js';

const GiB = 2 ** 30;
/** drbd.conf: `al-extents`. */
const MOST_EXTENTS = 65534;

function period(describe: string) {
  return duration
    .check(must((ns) => ns > 0, { expected: 'more than no time' }))
    .optional()
    .describe(describe);
}

function granule(what: string, describe: string) {
  return size({ what, least: PAGE_BYTES, most: 4 * GiB })
    .check(must(isPowerOfTwo, { expected: 'a power of two, such as 4MiB' }))
    .optional()
    .describe(describe);
}

const SHAPES = {
  'clear-after-period': fields('clear-after-period', {
    period: period('How long a region must go without a write. Default: 30s.'),
  }),
  'clean-candidate': fields('clean-candidate', {
    period: period('How often candidates are named and all is synced. Default: 120s.'),
  }),
  'activity-log': fields('activity-log', {
    extent: granule('an extent', 'The unit of the log. Default: 4MiB.'),
    extents: whole('a number of extents', 1, MOST_EXTENTS)
      .optional()
      .describe('How many may be hot at once. Default: 1237.'),
  }).transform(({ extent, extents }) => ({ granule: extent, extents })),
  'md-bitmap': fields('md-bitmap', {
    chunk: granule('a chunk', 'The unit of the bitmap. Default: 64MiB.'),
    daemonSleep: period("How often md's daemon looks at the bitmap. Default: 5s."),
  }).transform(({ chunk, daemonSleep }) => ({ granule: chunk, period: daemonSleep })),
  'md-llbitmap': fields('md-llbitmap', {
    chunk: granule('a chunk', 'The unit of the bitmap. Default: 64KiB.'),
    daemonSleep: period('How long after the first mark the daemon looks. Default: 30s.'),
    idle: period('What counts as idle then. Default: 5s.'),
  }).transform(({ chunk, daemonSleep, idle }) => ({ granule: chunk, period: daemonSleep, idle })),
};

const optional = Object.fromEntries(
  Object.entries(SHAPES).map(([name, shape]) => [name, shape.optional()]),
);

export const strategies = fields('strategies', optional)
  .transform((map): Readonly<Record<string, StrategyParameters>> => {
    const said = Object.entries(map).filter(([, parameters]) => parameters !== undefined);
    return Object.fromEntries(said) as Readonly<Record<string, StrategyParameters>>;
  })
  .prefault({})
  .describe('Parameters of the strategies. Default: as the kernel, the mail or DRBD has them.');
