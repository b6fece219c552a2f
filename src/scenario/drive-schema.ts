/** A drive by the name of a preset, or described. */
import { z } from 'zod';
import { fields, word } from './keyed.js';
import { refusal } from './refusal.js';
import { spread } from './spread-schema.js';
import { duration } from './units.js';
import { DRIVE_NAMES, DRIVES, type Drive } from '../media/drives.js';

const preset = word(DRIVE_NAMES)
  .transform((name): Drive => DRIVES[name])
  .describe('The name of a drive whose latencies are built in.');

const described: z.ZodType<Drive> = fields('a drive', {
  firstSample: spread.describe('From the start of a request until its first sector is sampled.'),
  durable: spread.describe("From a sector's sample until that sector is durable."),
  sectorTime: duration
    .prefault('0s')
    .describe('From the sample of one sector to the sample of the next. Default: 0s.'),
});

const expected = `one of ${DRIVE_NAMES.join(', ')}, or { firstSample: ..., durable: ..., sectorTime: 6us }`;

/** What stands at `latency`. */
const latency = z
  .union([preset, described], { error: refusal({ expected, among: DRIVE_NAMES }) })
  .meta({ id: 'latency', description: 'How fast a drive is: a preset, or its own numbers.' });

export function drive(what: string): z.ZodType<Drive> {
  return fields(what, { latency }).transform((leg): Drive => leg.latency);
}
