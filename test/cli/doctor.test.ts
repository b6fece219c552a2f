import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desync, inShell, SCENARIO } from './program.js';

const HEAD = "name: 'mine', summary: 'Mine.', record: 'dm-log'";

describe('desync doctor', () => {
  let folder: string;
  let mine: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-doctor-'));
    mine = join(folder, 'mine.js');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('tells the engine, the versions and the fingerprint of a run that repeats', () => {
    const { code, out, err } = desync(['doctor', SCENARIO]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^PASS-BOUNDED {2}5 runs of one seed came out the same\n/);
    expect(out).toMatch(/^ {2}run +[\d,]+ events, fingerprint [0-9a-f]{16}$/m);
    expect(out).toMatch(/^ {2}desync +\d+\.\d+\.\d+, model version \d+$/m);
    expect(out).toMatch(/^ {2}engine +(Node|Bun) \d+\./m);
  });

  it('needs no file', () => {
    const { code, out } = desync(['doctor']);
    expect(code).toBe(0);
    expect(out).toContain('ext2-bitmap under clear-when-idle, seed 1150');
  });

  it('names the first event that differs under a strategy that counts in its module', () => {
    // The second region that drains in the life of the module stays marked.
    const body = "c === 'drained' && ++asked !== 2 ? 'clear' : 'hold'";
    writeFileSync(mine, `let asked = 0;\nexport default { ${HEAD}, region: (c) => ${body} };\n`);
    const command = ['doctor', SCENARIO, '--strategy', mine, '--json'];
    const { code, out } = desync(command);
    expect(code).toBe(3);
    const found: unknown = JSON.parse(out);
    expect(found).toMatchObject({
      verdict: 'NONDETERMINISTIC',
      difference: { run: 'in the same world, reset', field: null },
    });
    const event = Number(/"event": (\d+)/.exec(out)?.[1]);
    expect(event).toBeGreaterThan(1);
    const text = desync(command.slice(0, -1));
    expect(text.code).toBe(3);
    expect(text.out).toContain(`The first event that differs is number ${event}:`);
    expect(text.out).toMatch(/^ {2}first +\d+\.\d{9} s, /m);
    const [, repeat = ''] = /^repeat: (.*)$/m.exec(text.out) ?? [];
    expect(inShell(repeat)).toMatchObject({ code: 3, out: text.out });
  });
});
