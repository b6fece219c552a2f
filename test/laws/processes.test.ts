import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'desync-process-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The sources as plain JavaScript, in a folder of our own: dist/ is not ours to build. */
function build(): string {
  const out = join(folder, 'built');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--declaration', 'false'];
  const args = [tsc, ...options, '--sourceMap', 'false', '--outDir', out];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`tsc: ${stdout}`);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return pathToFileURL(out).href;
}

/** Runs every strategy on a scenario and prints the outcomes. */
function program(built: string, path: string, seed: string): string {
  return `
    import { readFileSync } from 'node:fs';
    import { Runner } from '${built}/lab/runner.js';
    import { loadScenario } from '${built}/scenario/load.js';
    import { SHIPPED } from '${built}/strategies/shipped.js';
    const file = ${JSON.stringify(path)};
    const { scenario } = loadScenario(readFileSync(file, 'utf8'), { file, name: 'ext2-bitmap' });
    const runner = new Runner();
    console.log(JSON.stringify(SHIPPED.map((one) => runner.run(scenario, one, '${seed}'))));
  `;
}

describe('another process', () => {
  it('comes to the same outcome, to the last bit of the fingerprint', () => {
    const path = 'ext2-bitmap.yaml';
    expect(shippedScenarios()).toContain(path);
    const scenario = shippedScenario(path);
    const script = program(build(), join(root, 'scenarios', path), '424242');
    const args = ['--input-type=module', '-e', script];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    const runner = new Runner();
    const here = SHIPPED.map((strategy) => runner.run(scenario, strategy, '424242'));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(here)));
  });
});
