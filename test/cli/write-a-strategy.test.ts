/** The strategy of docs/write-a-strategy.md is whole, and shows what the document says. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, desync, inShell } from './program.js';

const DOCUMENT = readFileSync(`${ROOT}docs/write-a-strategy.md`, 'utf8');

function block(pattern: RegExp): string {
  const found = pattern.exec(DOCUMENT)?.[1];
  if (found === undefined) throw new Error(`the document has no ${String(pattern)}`);
  return found;
}

describe('docs/write-a-strategy.md', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-own-'));
    symlinkSync(join(ROOT, 'scenarios'), join(folder, 'scenarios'));
    writeFileSync(join(folder, 'keep-metadata.js'), block(/```js\n(.*?)```/s));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows what its command prints', () => {
    const told = inShell(block(/^ {4}(npx desync run .*)$/m), { cwd: folder });
    expect([told.code, told.err]).toEqual([1, '']);
    expect(block(/```text\n(.*?)\n```/s)).toBe(told.out.replaceAll(/ +$/gm, '').trimEnd());
  });

  it('is right about the race of the mail', () => {
    const args = ['run', 'scenarios/ext2-bitmap.yaml', '--strategy', './keep-metadata.js'];
    const { code, out } = desync(args, { cwd: folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}exposed {5}never$/m);
  });
});
