/**
 * The gate: each bug is planted into a copy of the built program, and a process of its own carries
 * out trials there. A tree is made of hard links, but for the one file that is another.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Found } from './checker.js';
import { planted, transpiled, type Mutant } from './mutant.js';

export interface Site {
  /** Where `src` is. */
  readonly root: string;
  /** The program as it is, built with its tests. */
  readonly built: string;
}

/** Nothing was found, or the process did not end and had to be. */
export type Answer = Found | 'no end';

/**
 * Of the processor, for each check that is asked, so that a busy machine kills nobody. Trials of a
 * check take a second or two, those of the activity log fifteen.
 */
const MOST_SECONDS = 60;
/** What the checks read: shipped scenarios, and what is known of those that can be tried out. */
const READ = ['scenarios', 'docs'] as const;
const TREES = 'trees';

/** Trials in the program as it is; whoever finds anything there raises a false alarm. */
export async function asItIs(
  { built }: Site,
  most: number,
  checks: readonly string[],
): Promise<Answer> {
  return trials(built, most, checks);
}

export async function withBug(
  site: Site,
  mutant: Mutant,
  most: number,
  checks: readonly string[],
): Promise<Answer> {
  const tree = join(site.built, TREES, mutant.name.replaceAll(/\W+/g, '-'));
  rmSync(tree, { recursive: true, force: true });
  try {
    plant(site, mutant, tree);
    return await trials(tree, most, checks);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** Throws when the line is not there, once. */
export function plant(site: Site, mutant: Mutant, tree: string): void {
  const text = transpiled(planted(mutant, sourceOf(site, mutant)), mutant.file);
  const { root, built } = site;
  for (const part of ['src', 'test']) {
    const files = readdirSync(join(built, part), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      const to = join(tree, part, file);
      mkdirSync(dirname(to), { recursive: true });
      link(join(built, part, file), to);
    }
  }
  lend(root, tree);
  const target = join(tree, 'src', mutant.file.replace(/\.ts$/, '.js'));
  rmSync(target);
  writeFileSync(target, text);
}

/** Lets a tree see what its checks read. */
export function lend(root: string, tree: string): void {
  for (const folder of READ) {
    rmSync(join(tree, folder), { force: true });
    symlinkSync(join(root, folder), join(tree, folder));
  }
}

export function sourceOf({ root }: Site, { file }: Mutant): string {
  return readFileSync(join(root, 'src', file), 'utf8');
}

/** Some file systems have no hard links. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to);
  }
}

function trials(tree: string, most: number, checks: readonly string[]): Promise<Answer> {
  const checker = join(tree, 'test', 'mutants', 'checker.js');
  return new Promise((resolve, reject) => {
    const limited = `ulimit -t ${MOST_SECONDS * checks.length}; exec "$0" "$@"`;
    const command = [process.execPath, checker, String(most), ...checks];
    const child = spawn('sh', ['-c', limited, ...command]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as Found);
      else if (code === null) resolve('no end');
      else reject(new Error(err.slice(0, 2000)));
    });
  });
}
