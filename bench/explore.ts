/**
 * `npm run bench:explore`: `desync explore` and SPIN on the same toy, in turn, from nothing to a
 * complete verdict. The table is that of docs/performance.md. `--limit 30` changes how many seconds
 * a search may take, `--write` keeps the table there. Verdicts that differ are a failure.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep } from './kept.js';
import type { Finding } from './race/contender.js';
import { byDesync } from './race/desync.js';
import { bySpin, hasSpin } from './race/spin.js';
import { STRATEGIES, TOYS, nameOf, type StrategyName, type Toy } from './race/toy.js';

const LIMIT_SECONDS = 120;

const at = process.argv.indexOf('--limit');
const limit = at === -1 ? LIMIT_SECONDS : Number(process.argv[at + 1]);
const said: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'desync-race-'));
try {
  race();
} finally {
  rmSync(folder, { recursive: true });
}
if (process.argv.includes('--write')) await keep('explore', said.join('\n'));

function race(): void {
  const spinIsThere = hasSpin();
  if (!spinIsThere) say('SPIN is not installed (apt-get install spin gcc): desync alone\n');
  say(
    '| pages, writers, stores | strategy | verdict | desync s | states | SPIN s | of which compiling | states | |',
  );
  say('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const toy of TOYS) {
    for (const strategy of STRATEGIES) {
      const ours = byDesync(toy, strategy, folder, limit);
      const theirs = spinIsThere ? bySpin(toy, strategy, folder, limit) : undefined;
      say(row(toy, strategy, ours, theirs));
    }
  }
}

function row(toy: Toy, strategy: StrategyName, ours: Finding, theirs: Finding | undefined): string {
  const cells = [nameOf(toy), strategy];
  const found = [seconds(ours), counted(ours.states)];
  if (theirs === undefined) return line([...cells, ours.verdict, ...found, '', '', '', '']);
  const peers = [seconds(theirs), theirs.compiling.toFixed(1), counted(theirs.states)];
  return line([...cells, agreed(ours, theirs), ...found, ...peers, compared(ours, theirs)]);
}

/** The one verdict of both; where one ran out of time it is the other's. */
function agreed(ours: Finding, theirs: Finding): string {
  if (theirs.verdict === 'not within the limit') return ours.verdict;
  if (ours.verdict === 'not within the limit' || ours.verdict === theirs.verdict) {
    return theirs.verdict;
  }
  process.exitCode = 1;
  return `DISAGREE: ${ours.verdict}, SPIN ${theirs.verdict}`;
}

/** Who was sooner; where it was SPIN, why. */
function compared(ours: Finding, theirs: Finding): string {
  const isOver = (finding: Finding): boolean => finding.verdict === 'not within the limit';
  if (isOver(ours) && isOver(theirs)) return 'neither within the limit';
  if (isOver(theirs)) return 'desync alone';
  if (!isOver(ours) && ours.seconds <= theirs.seconds) {
    return `${(theirs.seconds / ours.seconds).toFixed(1)} x sooner`;
  }
  const more = ours.states / theirs.states;
  const searching = Math.max(theirs.seconds - theirs.compiling, 0.01);
  const price = theirs.states / searching / (ours.states / ours.seconds);
  const who = isOver(ours) ? 'SPIN alone' : `${(ours.seconds / theirs.seconds).toFixed(1)} x later`;
  const why = `${more.toFixed(1)} x the states, each at ${price.toFixed(1)} x the price`;
  return `${who}: ${why}`;
}

function seconds(finding: Finding): string {
  const isOver = finding.verdict === 'not within the limit';
  return isOver ? `over ${limit}` : finding.seconds.toFixed(1);
}

function counted(states: number): string {
  return Math.round(states).toLocaleString('en-US');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function say(text: string): void {
  said.push(text);
  process.stdout.write(`${text}\n`);
}
