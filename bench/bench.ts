/**
 * `npm run bench`: how quick the program is, each figure beside a limit or a peer that was measured
 * in the same run. `--json` prints one object, `--write` keeps the table in docs/performance.md,
 * `--million` measures a million seeds instead, `--quick` so little that it only shows that all of
 * it runs.
 */
import { availableParallelism, loadavg } from 'node:os';
import { TABLES } from './benches.js';
import { keep } from './kept.js';
import { QUICK, WHOLE } from './line.js';
import { cellsOf, HEADING, lineText, machineText, markdown, rowOf, type Row } from './table.js';

const OPTIONS = ['--json', '--write', '--million', '--quick'];

const given = process.argv.slice(2);
const problem = problemWith(given);
if (problem === undefined) await bench();
else {
  process.stderr.write(`bench: ${problem}\n`);
  process.exitCode = 2;
}

function problemWith(words: readonly string[]): string | undefined {
  const unknown = words.find((word) => !OPTIONS.includes(word));
  if (unknown !== undefined) return `${unknown} is none of ${OPTIONS.join(', ')}`;
  const isEmpty = words.includes('--quick') && words.includes('--write');
  return isEmpty ? '--quick measures nothing that could be kept by --write' : undefined;
}

async function bench(): Promise<void> {
  const name = given.includes('--million') ? 'million' : 'bench';
  const effort = given.includes('--quick') ? QUICK : WHOLE;
  const say = (text: string): boolean =>
    given.includes('--json') || process.stdout.write(`${text}\n`);
  const machine = {
    cores: availableParallelism(),
    node: process.versions.node.split('.').slice(0, 2).join('.'),
    load: loadavg()[0] ?? 0,
  };
  const rows: Row[] = [];
  say(`${machineText(machine)}\n\n${lineText(HEADING)}`);
  for (const one of TABLES[name]) {
    const { lines } = one;
    const figures = await one.measure(effort);
    if (figures.length !== lines.length) throw new Error('a figure for each line, no more or less');
    for (const [n, line] of lines.entries()) {
      const figure = figures[n];
      if (figure === undefined) continue;
      const row = rowOf(line, figure);
      rows.push(row);
      say(lineText(cellsOf(row)));
    }
  }
  for (const reason of new Set(rows.flatMap(({ missing }) => missing ?? []))) {
    say(`\nNot there: ${reason}`);
  }
  if (given.includes('--json')) {
    const whole = { format: 'desync/bench@1', table: name, machine, rows };
    process.stdout.write(`${JSON.stringify(whole, undefined, 2)}\n`);
  }
  if (given.includes('--write')) await keep(name, markdown(machine, rows));
}
