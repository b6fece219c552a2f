import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desync, inShell, ROOT, type Answer } from './program.js';

const PAGE = `${ROOT}scenarios/explore/one-page-2-stores.yaml`;
const IDLE = ['--strategy', 'clear-when-idle'];
const LONG = { timeout: 60_000 };

/**
 * In each world that it meets after the first it clears nothing: it repeats while a world is kept.
 */
const WORLDLY = `let first;
export default {
  name: 'worldly', summary: 'Knows its worlds.', record: 'dm-log', remembers: 1,
  region(cause, region, memory) {
    first ??= memory;
    return cause === 'drained' && memory === first ? 'clear' : 'hold';
  },
};
`;

describe('--check-determinism', () => {
  let folder: string;
  let mine: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-again-'));
    mine = join(folder, 'mine.js');
    writeFileSync(mine, WORLDLY);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const check = (...args: readonly string[]): Answer =>
    desync([...args, '--check-determinism'], { cwd: folder });

  it('says how many runs came out the same', LONG, () => {
    const { code, out } = check('run', PAGE, ...IDLE, '--seeds', '1..50');
    expect(code).toBe(0);
    expect(out).toContain('\nMade again in a fresh world: 3 runs; came out the same.\n');
    expect(out).toMatch(/^repeat: .* --seeds 1\.\.50 --check-determinism$/m);
    const plain = desync(['run', PAGE, ...IDLE, '--seeds', '1..50']);
    expect(plain.out).not.toContain('again');
    expect(check('run', PAGE, ...IDLE, '--seed', '3').out).toMatch(
      /\nMade again in a fresh world: 1 run; came out the same\.\n$/,
    );
  });

  it('is the same to the byte for any number of jobs and of parts', LONG, () => {
    const args = ['run', PAGE, ...IDLE, '--seeds', '1..330', '--json'];
    const alone = check(...args, '--jobs', '1');
    expect(JSON.parse(alone.out)).toMatchObject({ verdict: 'PASS-BOUNDED', madeAgain: 17 });
    expect(check(...args, '--jobs', '3')).toEqual(alone);
    for (const part of ['1', '2']) check(...args, '--shard', `${part}/2`, '--output', part);
    expect(desync(['merge', '1', '2', '--json'], { cwd: folder })).toEqual(alone);
    const other = desync([...args, '--shard', '2/2', '--resume', '2'], { cwd: folder });
    expect(other.err).toContain('--check-determinism: given, not not given');
  });

  it.each(['1', '2'])('finds what shows only in another world, with %s jobs', LONG, (jobs) => {
    const sweep = ['run', PAGE, '--strategy', mine, '--seeds', '1..40', '--jobs', jobs];
    expect(desync(sweep, { cwd: folder }).out).not.toContain('NONDETERMINISTIC');
    const { code, out } = check(...sweep);
    expect(code).toBe(3);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toMatch(/NONDETERMINISTIC one-page-2-stores under [^:]*mine\.js [^:]*seed 20: /);
    expect(words).toContain('otherwise in a fresh world: `events` differs (');
    expect(out).toContain('Made again in a fresh world: 2 runs; not all came out the same.');
    const [, doctor = ''] = /^repeat: (npx desync doctor .* --seed 20)$/m.exec(out) ?? [];
    const told = inShell(doctor, { cwd: folder });
    expect(told.code).toBe(3);
    expect(told.out).toMatch(/^The first event that differs is number \d+:$/m);
  });

  it('judges a comparison', LONG, () => {
    const many = ['compare', PAGE, '--seeds', '1..20', '--strategies'];
    const { code, out } = check(...many, `clear-when-idle,${mine}`);
    expect(code).toBe(3);
    expect(out).toMatch(/^repeat: npx desync doctor \S+ --strategy \S+mine\.js --seed 20$/m);
    expect(out).toContain('Made again in a fresh world: 2 runs; not all came out the same.\n\n');
    const json = check(...many, 'clear-when-idle', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ verdict: 'PASS-BOUNDED', madeAgain: 1 });
  });
});
