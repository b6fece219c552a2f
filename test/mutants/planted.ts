/** All bugs that are planted, one at a time. */
import type { Mutant } from './mutant.js';
import { AFTERWARDS } from './planted/aftermath.js';
import { IN_EXT2 } from './planted/ext2.js';
import { IN_THE_FIXES } from './planted/fixes.js';
import { IN_THE_MACHINE } from './planted/machine.js';
import { IN_THE_MIRROR } from './planted/mirror.js';
import { IN_THE_RECORD } from './planted/records.js';
import { IN_TIME } from './planted/time.js';

export const MUTANTS: readonly Mutant[] = [
  ...IN_THE_MIRROR,
  ...IN_THE_RECORD,
  ...IN_THE_MACHINE,
  ...IN_EXT2,
  ...IN_THE_FIXES,
  ...AFTERWARDS,
  ...IN_TIME,
];
