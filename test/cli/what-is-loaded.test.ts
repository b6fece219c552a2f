/** A command loads what it needs and not what others need: that is most of the time it takes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ScratchFolder } from '../support/scratch-folder.js';
import { desync, ROOT, SCENARIO } from './program.js';

const LONG = { timeout: 60_000 };
const scratch = new ScratchFolder('loads');

/** Modules of ours as they stand in dist/, and names of packages. */
function loadedBy(args: readonly string[]): string[] {
  const loads = scratch.at('loads');
  const telling = `--import=${ROOT}test/cli/telling-loads.mjs`;
  const { err } = desync(args, { env: { NODE_OPTIONS: telling, LOADS: loads } });
  expect(err).toBe('');
  const names = readFileSync(loads, 'utf8')
    .split('\n')
    .map((url) => /\/dist\/(.*)\.js$/.exec(url)?.[1] ?? /\/node_modules\/([^/]+)/.exec(url)?.[1]);
  return [...new Set(names.flatMap((name) => name ?? []))];
}

/** They import nothing. */
const LEAVES = ['lab/asking', 'lab/run-stopped', 'scenario/nearest'];

describe('what is loaded', () => {
  it.each([['--help'], ['run --help'], ['--version']])('by %s is no room but cli', LONG, (line) => {
    const loaded = loadedBy(line.split(' '));
    expect(loaded).toContain('cli/parse');
    const others = loaded.filter((name) =>
      /^(?!cli|report)\w+\/|^(?:zod|yaml|tinypool)$/.test(name),
    );
    expect(others.sort()).toEqual(LEAVES);
  });

  it('by run is no search, and nothing for many runs or for what fails', LONG, () => {
    const loaded = loadedBy(['run', SCENARIO, '--strategy', 'clear-when-idle']);
    expect(loaded).toEqual(expect.arrayContaining(['lab/runner', 'machine/world', 'zod']));
    const idle =
      /^lab\/(?:explore|exploring\/reduced|shrink|diagnose|own-strategy|compare)\b|^lab\/shrinking|^cli\/(?:shrinking\/(?!found)|sweep\/part)|^tinypool/;
    expect(loaded.filter((name) => idle.test(name))).toEqual([]);
  });

  it('by explore is the search, so that this can be seen', LONG, () => {
    const args = ['explore', 'scenarios/explore/one-page-2-stores.yaml', '--max-states', '9'];
    expect(loadedBy([...args, '--strategy', 'lock-pages'])).toContain('lab/explore');
  });
});
