/**
 * Builds dist/ before the tests that spawn the program, when a source is newer than the last build.
 *
 * A type error does not stop them: tsc writes its output all the same, and `npm run types` reports
 * it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist', 'cli', 'main.js');

export function setup(): void {
  const sources = ['src', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name));
  const newest = Math.max(...sources.map(changedAt));
  if (builtAt() >= newest) return;
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    { cwd: root, encoding: 'utf8' },
  );
  if (builtAt() < newest) throw new Error(`dist/ could not be built:\n${stdout}`);
}

function builtAt(): number {
  return statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function changedAt(path: string): number {
  const at = statSync(path);
  if (!at.isDirectory()) return at.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}
