/** What is there at boot, and how a scenario is taken where everything is tried. */
import { z } from 'zod';
import { filePath } from './file-path.js';
import { fields, must, whole, word } from './keyed.js';
import { refusal } from './refusal.js';
import type { Bound } from './scenario.js';
import { stored } from './workload-schema.js';

const MOST_FILES = 100;

export const files = z
  .record(filePath, stored, {
    error: refusal({ expected: 'a map of files and their sizes, such as { /a: 4KiB }' }),
  })
  .check(
    must((map) => Object.keys(map).length <= MOST_FILES, {
      expected: `at most ${MOST_FILES} files`,
    }),
  )
  .transform((map) => Object.entries(map).map(([path, bytes]) => ({ path, bytes })))
  .prefault({})
  .describe('Files that are there at boot, with their sizes. Default: none.');

export const fileTimes = word(['change', 'stay'])
  .prefault('change')
  .describe(
    'Whether a store changes the times of its file, so that the inode is written too. Default: change.',
  );

export const timing = word(['scenario', 'free'])
  .prefault('scenario')
  .describe(
    'free: what waits comes in the order of the choices, whatever its time, and within the bound. Default: scenario.',
  );

const most = (what: string) =>
  whole(`a number of ${what}`, 0, 1_000_000)
    .optional()
    .describe(`The most ${what} that are tried. Default: as many as there may be.`);

export const bound = fields('the bound', {
  writebacks: most('passes of pdflush'),
  syncs: most('calls of sync() and fsync()'),
  stores: most('calls that store'),
})
  .prefault({})
  .transform((map): Bound => ({
    writebacks: map.writebacks,
    syncs: map.syncs,
    stores: map.stores,
  }))
  .describe('How often what recurs may happen where everything is tried (desync explore).');
