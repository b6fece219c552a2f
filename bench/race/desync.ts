/**
 * `desync explore` as a user starts it: a process of its own, up to the verdict: SPIN shrinks
 * nothing.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { timed, type Finding } from './contender.js';
import { scenarioTextOf, type StrategyName, type Toy } from './toy.js';

export function byDesync(
  toy: Toy,
  strategy: StrategyName,
  folder: string,
  limitSeconds: number,
): Finding {
  const file = join(folder, 'toy.yaml');
  writeFileSync(file, scenarioTextOf(toy));
  const words = [
    'explore',
    file,
    '--strategy',
    strategy,
    '--timing',
    'free',
    '--json',
    '--no-shrink',
  ];
  const { result, seconds } = timed(() =>
    spawnSync(process.execPath, ['bin/desync.mjs', ...words, '--max-time', `${limitSeconds}s`], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    }),
  );
  const found: unknown = JSON.parse(result.stdout);
  if (!isFound(found)) throw new Error(`desync explore said: ${result.stdout}${result.stderr}`);
  const { complete, states, shortest } = found;
  const verdict = shortest === null ? 'never diverges' : 'diverges';
  return { verdict: complete ? verdict : 'not within the limit', seconds, compiling: 0, states };
}

interface Found {
  readonly complete: boolean;
  readonly states: number;
  readonly shortest: object | null;
}

function isFound(value: unknown): value is Found {
  return (
    typeof value === 'object' &&
    value !== null &&
    'complete' in value &&
    typeof value.complete === 'boolean' &&
    'states' in value &&
    typeof value.states === 'number' &&
    'shortest' in value &&
    typeof value.shortest === 'object'
  );
}
