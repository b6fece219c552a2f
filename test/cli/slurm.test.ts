import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGN } from '../support/campaign.js';
import { missingOfSlurm, SlurmLoopback } from '../support/slurm-loopback.js';
import { type Answer, desync, inShell, ROOT } from './program.js';

const LIMIT_MS = 60_000;
/** The cluster gives up first, and says why. */
const SLOW = { timeout: 2 * LIMIT_MS };
const SWEEP = ['run', 'scenarios/explore/one-page-2-stores.yaml', '--seeds', '1..620'];
const ARGS = [...SWEEP, '--strategy', 'clear-when-idle', '--strategy', 'mark-until-unmount'];
const DONE = ['1 COMPLETED', '2 COMPLETED', '3 COMPLETED'];

function whyNot(): string {
  const missing = missingOfSlurm();
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return CAMPAIGN > 1 ? '' : 'it takes three daemons and half a minute; DESYNC_CAMPAIGN=2 runs it';
}

const reason = whyNot();
if (reason !== '') process.stderr.write(`skipped: the Slurm array: ${reason}\n`);

describe.skipIf(reason !== '')('the recipe for a Slurm array', SLOW, () => {
  const slurm = new SlurmLoopback();
  const at = (name: string): string => join(slurm.folder, name);
  const part = (n: number): string => readFileSync(at(`parts/part${n}.jsonl`), 'utf8');
  const said = (n: number): string => readFileSync(at(`task${n}.out`), 'utf8');
  const merged = (): Answer => inShell(`npx desync merge ${at('parts')}/part*.jsonl`);
  let job = '';

  beforeAll(() => slurm.start(LIMIT_MS), SLOW.timeout);
  afterAll(() => slurm.end(), SLOW.timeout);

  async function finished(): Promise<void> {
    const tasks = await slurm.finished(job);
    expect(tasks, [1, 2, 3].map(said).join('\n')).toEqual(DONE);
  }

  it('tells what one process tells', async () => {
    const options = ['--parsable', '--array=1-3', `--output=${at('task%a.out')}`];
    const words = [...options, `${ROOT}examples/slurm-array.sbatch`, '3', at('parts'), ...ARGS];
    const DESYNC = `${process.execPath} ${ROOT}bin/desync.mjs`;
    job = slurm.ask('sbatch', [`--chdir=${ROOT}`, ...words], { DESYNC });
    await finished();
    expect(merged()).toEqual(desync(ARGS));
  });

  it('goes on where the part of a requeued task ends', async () => {
    const whole = part(2);
    truncateSync(at('parts/part2.jsonl'), Math.floor(whole.length / 2));
    slurm.ask('scontrol', ['requeue', `${job}_2`]);
    await finished();
    expect(part(2)).toBe(whole);
    expect(merged()).toEqual(desync(ARGS));
  });
});
