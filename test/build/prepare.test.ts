/** What `npm ci` and the first `npx desync` in a clone do about the program. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../support/documents.js';
import { ScratchFolder } from '../support/scratch-folder.js';

const LONG = { timeout: 60_000 };
const scratch = new ScratchFolder('prepare');

/** Answers with its exit code. `command`: what npm is about; `build`: its script. */
function prepared(command: string, build = 'mkdir -p dist/cli && echo new > dist/cli/main.js') {
  writeFileSync(scratch.at('package.json'), JSON.stringify({ scripts: { build } }));
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, npm_command: command };
  return spawnSync(process.execPath, ['build/prepare.mjs'], { cwd: scratch.path, env }).status;
}

describe('before a clone is used', () => {
  beforeEach(() => {
    mkdirSync(scratch.at('build'));
    copyFileSync(join(ROOT, 'build/prepare.mjs'), scratch.at('build/prepare.mjs'));
  });

  it.each(['ci', 'install', 'exec'])('it is built where it is not, by npm %s', LONG, (command) => {
    expect(prepared(command)).toBe(0);
    expect(scratch.textOf('dist/cli/main.js')).toBe('new\n');
  });

  it('it is built again by npm ci, and left as it is by npx', LONG, () => {
    mkdirSync(scratch.at('dist/cli'), { recursive: true });
    scratch.old('dist/cli/main.js');
    expect(prepared('exec')).toBe(0);
    expect(scratch.textOf('dist/cli/main.js')).toBe('old\n');
    expect(prepared('ci')).toBe(0);
    expect(scratch.textOf('dist/cli/main.js')).toBe('new\n');
  });

  it('a build that fails is told by the exit code', LONG, () => {
    expect(prepared('ci', 'exit 2')).toBe(2);
    expect(existsSync(scratch.at('dist'))).toBe(false);
  });
});
