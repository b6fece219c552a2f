/**
 * `npm run bench`: how quick the program is, each figure beside a limit or a peer that was measured
 * in the same run. `--json` prints one object, `--write` keeps the table in docs/performance.md,
 * `--million` measures a million seeds instead, `--quick` so little that it only shows that all of
 * it runs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { format, resolveConfig } from 'prettier';
import { TABLES } from './benches.js';
import { withKept } from './kept.js';
import { QUICK, WHOLE } from './line.js';
import { cellsOf, HEADING, lineText, machineText, markdown, rowOf, type Row } from './table.js';

const DOCUMENT = 'docs/performance.md';
const OPTIONS = ['--json', '--write', '--million', '--quick'];

const given = process.argv.slice(2);
const unknown = given.find((word) => !OPTIONS.includes(word));
if (unknown === undefined) await bench();
else {
  process.stderr.write(`bench: ${unknown} is none of ${OPTIONS.join(', ')}\n`);
  process.exitCode = 2;
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

async function keep(name: string, text: string): Promise<void> {
  const document = withKept(readFileSync(DOCUMENT, 'utf8'), name, text);
  const style = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(document, { ...style, filepath: DOCUMENT }));
}
