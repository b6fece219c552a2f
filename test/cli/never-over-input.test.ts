/** Nothing is written over what a command reads, by whatever name, not even by force. */
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desync, ROOT, SCENARIO, toy, type Answer } from './program.js';

const IDLE = ['--strategy', 'clear-when-idle'];
const folder = mkdtempSync(join(tmpdir(), 'desync-over-'));
beforeEach(() => {
  mkdirSync(folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string): string => join(folder, name);
const there = (): string[] => readdirSync(folder).sort();
const textOf = (name: string): string => readFileSync(at(name), 'utf8');
const old = (name: string): void => {
  writeFileSync(at(name), 'old\n');
};
const firstLine = ({ err }: Answer): string | undefined => err.split('\n')[0];
const EXPECTING = [`${ROOT}${SCENARIO}`, '--set', 'expect={ ./own.mjs: {} }'];

describe('a report', () => {
  it.each([
    ['the scenario', 'mine.yaml', ['run', 'mine.yaml', ...IDLE]],
    ['the part', 'part.jsonl', ['run', 'mine.yaml', ...IDLE, '--output', 'part.jsonl']],
    ['the part', 'part.jsonl', ['merge', 'part.jsonl']],
    ['the strategy', 'own.mjs', ['run', 'mine.yaml', '--strategy', './own.mjs']],
    ['a strategy', 'own.mjs', ['compare', 'mine.yaml', '--strategies', 'lock-pages, ./own.mjs']],
    ['expected', 'own.mjs', ['run', ...EXPECTING]],
    ['expected though not tried', 'own.mjs', ['run', ...EXPECTING, ...IDLE]],
    ['expected', 'own.mjs', ['compare', ...EXPECTING]],
  ])('is refused where it is %s of the command, under another name', (_, name, args) => {
    for (const each of ['mine.yaml', 'part.jsonl', 'own.mjs']) old(each);
    mkdirSync(at('sub'));
    const answer = toy([...args, '--reporter', `tap=sub/../${name}`], { cwd: folder });
    expect(answer.code).toBe(2);
    expect(firstLine(answer)).toMatch(/is needed by this command for something else$/);
    expect(textOf(name)).toBe('old\n');
    expect(there()).toEqual(['mine.yaml', 'own.mjs', 'part.jsonl', 'sub']);
  });
});

describe('--out --force', () => {
  const scenario = readFileSync(`${ROOT}${SCENARIO}`, 'utf8');
  const schedule = { format: 'x' };
  beforeEach(() => {
    writeFileSync(at('mine.yaml'), scenario);
    writeFileSync(at('mail.json'), JSON.stringify(schedule));
    symlinkSync('mine.yaml', at('linked.yaml'));
    linkSync(at('mine.yaml'), at('again.yaml'));
  });

  it.each([
    ['shrink', ['shrink', 'mine.yaml', '--seed', '0', '--out', './mine.yaml']],
    ['shrink', ['shrink', 'mine.yaml', '--seed', '0', '--out', 'linked.yaml']],
    ['shrink', ['shrink', 'mine.yaml', '--seed', '0', '--out', 'again.yaml']],
    ['shrink', ['shrink', '--schedule', 'mail.json', '--out', 'mail.json']],
    ['promote', ['promote', 'mail.json', '--out', 'mail.json']],
    ['explore', ['explore', 'mine.yaml', '--first', '--out', 'mine.yaml']],
    ['export', ['export', 'leg0.img', '--out', '.', '--at', '1s']],
  ])('of %s %j is refused', (_, args) => {
    linkSync(at('mine.yaml'), at('leg0.img'));
    const answer = desync([...args, '--force'], { cwd: folder });
    expect([answer.code, answer.out]).toEqual([2, '']);
    expect(firstLine(answer)).toMatch(/^desync: --out \S+: is read by this command$/);
    expect([textOf('mine.yaml'), textOf('leg0.img')]).toEqual([scenario, scenario]);
    expect(textOf('mail.json')).toBe(JSON.stringify(schedule));
  });
});
