import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { parse } from '../../src/cli/parse.js';
import { plain } from '../report/mail-race.js';
import { desync, ROOT } from './program.js';

const SWEEP = ['run', 'scenarios/explore/one-page-2-stores.yaml', '--seeds', '1..320'];
const ARGS = [...SWEEP, '--strategy', 'clear-when-idle'];

function isThere(program: string): boolean {
  const there = spawnSync('which', [program]).status === 0;
  if (!there) process.stderr.write(`skipped: ${program} is not installed\n`);
  return there;
}

describe('the recipe for GNU parallel', () => {
  it.skipIf(!isThere('parallel'))('tells what one process tells', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'desync-parallel-'));
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', HOME: folder },
      DESYNC: `${process.execPath} ${ROOT}bin/desync.mjs`,
    };
    const words = ['examples/gnu-parallel.sh', '3', folder, ...ARGS];
    const { stdout, status } = spawnSync('bash', words, { cwd: ROOT, env, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([status, stdout]).toEqual([0, desync(ARGS).out]);
  });
});

describe('each recipe', () => {
  it.each(['kubernetes-indexed-job.yaml', 'github-actions-matrix.yaml'])('%s is YAML', (name) => {
    const document = parseDocument(readFileSync(`${ROOT}examples/${name}`, 'utf8'));
    expect(document.errors).toEqual([]);
  });

  it.each(['kubernetes-indexed-job.yaml', 'github-actions-matrix.yaml', 'slurm-array.sbatch'])(
    '%s says nothing that the program does not take',
    async (name) => {
      const text = readFileSync(`${ROOT}examples/${name}`, 'utf8').replaceAll('\\\n', ' ');
      const found = [...text.matchAll(/npx desync ((?:run|compare|merge) .*)/g)];
      expect(found.length).toBeGreaterThan(0);
      for (const [, words = ''] of found) {
        const args = words
          .replaceAll(/\$\{\{.*?\}\}/g, '1')
          .replaceAll('"$keep"', '--output')
          .split(' ')
          .map((word) => word.replaceAll('"', ''));
        await expect(parse(args, '0.1.0', plain(80))).resolves.toMatchObject({ kind: 'command' });
      }
    },
  );
});
