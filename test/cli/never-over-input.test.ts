/** Nothing is written over what a command reads, by whatever name, not even by force. */
import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { ScratchFolder } from '../support/scratch-folder.js';
import { desync, ROOT, SCENARIO, toy, type Answer } from './program.js';

const IDLE = ['--strategy', 'clear-when-idle'];
const scratch = new ScratchFolder('over');
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
    for (const each of ['mine.yaml', 'part.jsonl', 'own.mjs']) scratch.old(each);
    mkdirSync(scratch.at('sub'));
    const answer = toy([...args, '--reporter', `tap=sub/../${name}`], { cwd: scratch.path });
    expect(answer.code).toBe(2);
    expect(firstLine(answer)).toMatch(/is needed by this command for something else$/);
    expect(scratch.textOf(name)).toBe('old\n');
    expect(scratch.there()).toEqual(['mine.yaml', 'own.mjs', 'part.jsonl', 'sub']);
  });
});

describe('--out --force', () => {
  const scenario = readFileSync(`${ROOT}${SCENARIO}`, 'utf8');
  const schedule = { format: 'x' };
  beforeEach(() => {
    writeFileSync(scratch.at('mine.yaml'), scenario);
    writeFileSync(scratch.at('mail.json'), JSON.stringify(schedule));
    symlinkSync('mine.yaml', scratch.at('linked.yaml'));
    linkSync(scratch.at('mine.yaml'), scratch.at('again.yaml'));
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
    linkSync(scratch.at('mine.yaml'), scratch.at('leg0.img'));
    const answer = desync([...args, '--force'], { cwd: scratch.path });
    expect([answer.code, answer.out]).toEqual([2, '']);
    expect(firstLine(answer)).toMatch(/^desync: --out \S+: is read by this command$/);
    expect([scratch.textOf('mine.yaml'), scratch.textOf('leg0.img')]).toEqual([scenario, scenario]);
    expect(scratch.textOf('mail.json')).toBe(JSON.stringify(schedule));
  });
});
