/** All kinds of hostile input, and how many of each hundred thousand are of it. */
import type { Kind } from './kind.js';
import { COMMAND_LINES } from './kinds/command-lines.js';
import { IMAGES } from './kinds/images.js';
import { PARTS } from './kinds/parts.js';
import { RUNS, SCHEDULES } from './kinds/runs.js';
import { CHANGES, SCENARIO_TEXT } from './kinds/scenario-text.js';
import { STRATEGIES } from './kinds/strategies.js';

export const KINDS: readonly (readonly [kind: Kind, share: number])[] = [
  [SCENARIO_TEXT, 18_000],
  [CHANGES, 10_000],
  [RUNS, 10_000],
  [SCHEDULES, 12_000],
  [PARTS, 18_000],
  [IMAGES, 12_000],
  [STRATEGIES, 12_000],
  [COMMAND_LINES, 8_000],
];
