/**
 * SPIN on bench/spin/toy.pml, as whoever knows it would: partial-order reduction on (it is a third
 * of the states here), safety only, all errors counted, states collapsed where there are many of
 * them.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { timed, type Finding } from './contender.js';
import { STRATEGIES, type StrategyName, type Toy } from './toy.js';

/** -w: the hash table has 2^w slots; -m: depth; -E: a blocked end is none; -c0: all errors. */
const RUN = ['-w24', '-m1000000', '-E', '-c0', '-n'];
const COMPILE = ['-O2', '-DSAFETY', '-DNOBOUNDCHECK', '-DNOFAIR'];

export function hasSpin(): boolean {
  return spawnSync('spin', ['-V']).status === 0 && spawnSync('gcc', ['--version']).status === 0;
}

export function bySpin(
  { pages, writers, stores }: Toy,
  strategy: StrategyName,
  folder: string,
  limitSeconds: number,
): Finding {
  copyFileSync('bench/spin/toy.pml', join(folder, 'toy.pml'));
  const number = STRATEGIES.indexOf(strategy) + 1;
  const sizes = [`-DPAGES=${pages}`, `-DWRITERS=${writers}`, `-DSTORES=${stores}`];
  const collapses = pages * writers * stores > 12 || strategy === 'clean-candidate';
  const { seconds: compiling } = timed(() => {
    must(run('spin', ['-a', ...sizes, `-DSTRATEGY=${number}`, 'toy.pml'], folder));
    const more = collapses ? ['-DCOLLAPSE'] : [];
    must(run('gcc', [...COMPILE, ...more, '-o', 'pan', 'pan.c'], folder));
  });
  const { result, seconds } = timed(() => {
    return run(join(folder, 'pan'), RUN, folder, limitSeconds * 1000);
  });
  const states = Number(/([\d.e+]+) states, stored/.exec(result.stdout)?.[1] ?? 0);
  const errors = Number(/errors: (\d+)/.exec(result.stdout)?.[1] ?? 0);
  const isWhole = result.status === 0 && !result.stdout.includes('Search not completed');
  const verdict = errors > 0 ? 'diverges' : 'never diverges';
  const all = compiling + seconds;
  return {
    verdict: isWhole ? verdict : 'not within the limit',
    seconds: all,
    compiling,
    states: isWhole ? states : lastCount(result.stdout),
  };
}

/** Of a search that was cut short: what it said last. */
function lastCount(text: string): number {
  return Number([...text.matchAll(/States=\s*([\d.e+]+)/g)].at(-1)?.[1] ?? 0);
}

function run(
  program: string,
  words: readonly string[],
  cwd: string,
  timeout?: number,
): SpawnSyncReturns<string> {
  const limit = timeout === undefined ? {} : { timeout };
  return spawnSync(program, words, { cwd, encoding: 'utf8', maxBuffer: 1 << 26, ...limit });
}

function must({ status, stdout, stderr }: SpawnSyncReturns<string>): void {
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}
