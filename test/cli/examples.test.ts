import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { parse as parseArgs } from '../../src/cli/parse.js';
import { plain } from '../report/mail-race.js';
import { desync, inShell, ROOT } from './program.js';

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
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      DESYNC: `${process.execPath} ${ROOT}bin/desync.mjs`,
    };
    const words = ['examples/gnu-parallel.sh', '3', folder, ...ARGS];
    const { stdout, status } = spawnSync('bash', words, { cwd: ROOT, env, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([status, stdout]).toEqual([0, desync(ARGS).out]);
  });
});

/** What a recipe's shell says, run as its engine would run it: that text, those variables. */
function shell(script: string, folder: string, env: Readonly<Record<string, string>>): void {
  const program = `${process.execPath} ${ROOT}bin/desync.mjs`;
  const small = script
    .replaceAll('npx desync', program)
    .replaceAll(/scenarios\/\S+ --seeds \S+/g, `${ROOT}${ARGS.slice(1).join(' ')}`)
    .replaceAll('/parts/', `${folder}/`);
  const { status, stderr } = spawnSync('bash', ['-euc', small], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
  });
  expect([status, stderr]).toEqual([0, '']);
}

/** As if it had been run in one. */
function merged(folder: string): string {
  return inShell(`npx desync merge ${folder}/part*.jsonl`).out;
}

function whole(): string {
  return desync(ARGS.map((word) => word.replace(/^scenarios/, `${ROOT}scenarios`))).out;
}

describe('a recipe, run as its engine would run it, tells what one process tells', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desync-recipes-'));
  beforeEach(() => {
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const LONG = { timeout: 180_000 };

  it('Slurm, and a task that is submitted again by itself', LONG, () => {
    const task = (id: string, count: string): void => {
      const sbatch = `${ROOT}examples/slurm-array.sbatch 3 ${folder}`;
      const script = `bash ${sbatch} run scenarios/short.yaml --seeds 1..9`;
      shell(script, folder, {
        SLURM_ARRAY_TASK_ID: id,
        SLURM_ARRAY_TASK_COUNT: count,
        DESYNC: `${process.execPath} ${ROOT}bin/desync.mjs`,
      });
    };
    for (const id of ['1', '2', '3']) task(id, '3');
    truncateSync(join(folder, 'part2.jsonl'), 5000);
    task('2', '1');
    expect(merged(folder)).toBe(whole());
  });

  it('Kubernetes, where a pod is started again', LONG, () => {
    const job: unknown = parse(readFileSync(`${ROOT}examples/kubernetes-indexed-job.yaml`, 'utf8'));
    expect(job).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'Job',
      spec: { completionMode: 'Indexed', completions: 50 },
    });
    const { command, args } = z
      .object({
        command: z.tuple([z.literal('bash'), z.literal('-euc')]),
        args: z.array(z.string()),
      })
      .parse(Object(containerOf(job)));
    expect([command.length, args.length]).toEqual([2, 1]);
    const script = (args[0] ?? '').replaceAll('/50"', '/3"');
    for (const index of ['0', '1', '2', '1']) {
      shell(script, folder, { JOB_COMPLETION_INDEX: index });
    }
    expect(merged(folder)).toBe(whole());
  });

  it('GitHub Actions, a matrix and what puts it together', LONG, () => {
    const { jobs } = WORKFLOW.parse(
      parse(readFileSync(`${ROOT}examples/github-actions-matrix.yaml`, 'utf8')),
    );
    const parts = jobs.part.strategy.matrix.part;
    expect(parts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const runs = ({ steps }: z.infer<typeof STEPS>): string[] =>
      steps.flatMap(({ run }) => (run === undefined || run === 'npm ci' ? [] : [run]));
    for (const part of parts) {
      for (const run of runs(jobs.part)) {
        shell(run.replaceAll('${{ matrix.part }}', `${part}`), folder, {});
      }
    }
    expect(readdirSync(folder).length).toBe(parts.length);
    for (const run of runs(jobs.merge)) shell(run, folder, {});
    expect(merged(folder)).toBe(whole());
  });
});

const STEPS = z.object({ steps: z.array(z.object({ run: z.string().optional() })) });
const WORKFLOW = z.object({
  on: z.array(z.string()),
  jobs: z.strictObject({
    part: STEPS.extend({
      strategy: z.object({ matrix: z.object({ part: z.array(z.number()) }) }),
    }),
    merge: STEPS.extend({ needs: z.literal('part') }),
  }),
});

function containerOf(job: unknown): unknown {
  const containers = z.object({ containers: z.tuple([z.unknown()]) });
  const spec = z.object({ spec: z.object({ template: z.object({ spec: containers }) }) });
  return spec.parse(job).spec.template.spec.containers[0];
}

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
        await expect(parseArgs(args, '0.1.0', plain(80))).resolves.toMatchObject({
          kind: 'command',
        });
      }
    },
  );
});
