/** All kinds of hostile input, and how many of each hundred thousand are of it. */
import type { Kind } from './kind.js';
import { COMMAND_LINES } from './kinds/command-lines.js';
import { IMAGES } from './kinds/images.js';
import { PARTS } from './kinds/parts.js';
import { PROCESSES } from './kinds/processes.js';
import { REPORTS } from './kinds/reports.js';
import { RUNS, SCHEDULES } from './kinds/runs.js';
import { CHANGES, SCENARIO_TEXT } from './kinds/scenario-text.js';
import { STRATEGIES } from './kinds/strategies.js';

export type Shared = readonly [kind: Kind, share: number];

export const OF_SOURCES: readonly Shared[] = [
  [SCENARIO_TEXT, 16_000],
  [CHANGES, 9_000],
  [RUNS, 9_000],
  [SCHEDULES, 11_000],
  [PARTS, 16_000],
  [IMAGES, 11_000],
  [STRATEGIES, 11_000],
  [COMMAND_LINES, 7_700],
  [REPORTS, 9_000],
];

/** These spawn the program, so they need dist/. */
export const OF_PROGRAM: readonly Shared[] = [[PROCESSES, 300]];

export const KINDS: readonly Shared[] = [...OF_SOURCES, ...OF_PROGRAM];
