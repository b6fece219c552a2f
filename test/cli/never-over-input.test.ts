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

describe('a report of a refusal', () => {
  const sound = readFileSync(`${ROOT}${SCENARIO}`, 'utf8');
  const naming = `${sound.replace(/\nexpect:[^]*/, '')}\nexpect: { "./o\\u0077n.mjs": {} }\n`;
  const tap = ['--reporter', 'tap=sub/../own.mjs'];

  it.each([
    ['a scenario that is wrong', `${naming}surplus: 1\n`, ['run', 'mine.yaml']],
    ['one that is no YAML', `${naming}]`, ['compare', 'mine.yaml']],
    ['one that is no text', `${naming}\u0000\ud800`, ['explore', 'mine.yaml']],
    ['one that is too long', `${naming}#${'x'.repeat(2 ** 20)}`, ['run', 'mine.yaml']],
    ['standard input', `${naming}surplus: 1\n`, ['run', '-']],
    ['one beside another that is wrong', naming, ['run', 'mine.yaml', 'none.yaml']],
    ['one beside other mistakes', naming, ['run', 'mine.yaml', '--fail-on', 'nonsense']],
    ['one beside others', naming, ['run', 'mine.yaml', '--shard', '1/2']],
    ['one beside others', naming, ['compare', 'mine.yaml', '--seeds', '1']],
    ['one beside others', naming, ['explore', 'mine.yaml', '--max-states', '0']],
    ['--set', sound, ['run', 'mine.yaml', '--set', 'expect={ ./own.mjs: {}']],
    [
      '--set beside another',
      sound,
      ['run', 'mine.yaml', '--set', 'expect["./own.mjs"]={}', '--set', 'x'],
    ],
  ])('is not written over a strategy that is named by %s', (_, text, args) => {
    scratch.old('own.mjs');
    mkdirSync(scratch.at('sub'));
    writeFileSync(scratch.at('mine.yaml'), text);
    const { code } = toy([...args, ...tap], { cwd: scratch.path, input: text });
    expect(code).toBe(2);
    expect(scratch.textOf('own.mjs')).toBe('old\n');
    expect(scratch.there()).toEqual(['mine.yaml', 'own.mjs', 'sub']);
  });

  it('is written over what no scenario names', () => {
    scratch.old('own.mjs');
    writeFileSync(scratch.at('mine.yaml'), `${sound}\nsurplus: 1\n`);
    toy(['run', 'mine.yaml', '--reporter', 'tap=own.mjs'], { cwd: scratch.path });
    expect(scratch.textOf('own.mjs')).toContain('Bail out!');
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
