/** The scenario of docs/write-a-scenario.md shows what the document says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { blocks, documentAt, shellLines } from '../support/documents.js';
import { desync, inShell } from './program.js';

const DOCUMENT = documentAt('docs/write-a-scenario.md');
const YAML = blocks(DOCUMENT, 'yaml');
const [EXAMPLE = ''] = YAML;
const SMALL = YAML.at(-1) ?? '';
const plainMap = z.record(z.string(), z.unknown());

describe('docs/write-a-scenario.md', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-scenario-'));
    writeFileSync(join(folder, 'counter.yaml'), EXAMPLE);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows what its command prints', () => {
    const [command = ''] = shellLines(DOCUMENT);
    const told = inShell(command, { cwd: folder });
    expect([told.code, blocks(DOCUMENT, 'text')[0]?.trimEnd()]).toEqual([
      0,
      told.out.replaceAll(/ +$/gm, '').trimEnd(),
    ]);
  }, 120_000);

  it('is told to be without a fault', () => {
    expect(desync(['validate', 'counter.yaml'], { cwd: folder }).code).toBe(0);
  });

  it('can be explored once it is small', () => {
    const whole = { ...plainMap.parse(parse(EXAMPLE)), ...plainMap.parse(parse(SMALL)) };
    writeFileSync(join(folder, 'small.yaml'), stringify(whole));
    const { code, out } = desync(['explore', 'small.yaml', '--timing', 'free'], { cwd: folder });
    expect(out).toMatch(/^PASS-COMPLETE/);
    expect(code).toBe(0);
  });
});
