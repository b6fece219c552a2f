/** The scenarios that come with the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changedScenario } from './small-scenario.js';
import type { Scenario } from '../../src/scenario/scenario.js';

const folder = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** Their paths below `scenarios`, those in its folders too. */
export function shippedScenarios(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort();
}

export function shippedScenario(path: string, ...sets: readonly string[]): Scenario {
  return changedScenario(readFileSync(join(folder, path), 'utf8'), basename(path, '.yaml'), sets);
}
