/**
 * `npm run fuzz`: a hundred thousand hostile inputs, and what became of them, as a table.
 *
 * The same seed makes the same inputs, whatever was tried before them: `--from N --count M` tries M
 * of each kind, or of one `--kind`, and `--only N` one alone. With `--keep FILE` a campaign that
 * was killed goes on where it was.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keptIn, NOTHING_KEPT, sumOfCode, type Kept } from './kept.js';
import { KINDS } from './kinds.js';
import { untried, type Fault, type Piece } from './piece.js';
import { HEAD, rowText } from './table.js';
import { tried, type Range } from './watched.js';

const { values } = parseArgs({
  options: {
    kind: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    keep: { type: 'string' },
    jobs: { type: 'string', default: '2' },
  },
});

async function main(): Promise<number> {
  const seed = numberIn('seed', values.seed);
  const ranges = rangesOf(seed);
  const kept = values.keep === undefined ? NOTHING_KEPT : keptIn(values.keep, codeHere());
  console.log(`seed ${seed}\n${HEAD}`);
  const all: Piece[] = [];
  let planned = 0;
  const lane = async (): Promise<void> => {
    for (let next = ranges.shift(); next !== undefined; next = ranges.shift()) {
      const pieces = await triedOf(next, kept);
      planned += next.end - next.from;
      all.push(...pieces);
      console.log(rowText(next.kind, pieces));
      for (const fault of pieces.flatMap(({ faults }) => faults)) {
        console.log(faultText(next.kind, seed, fault));
      }
    }
  };
  await Promise.all(Array.from({ length: numberIn('jobs', values.jobs) }, lane));
  console.log(rowText('all', all));
  const count = all.reduce((sum, { from, end }) => sum + end - from, 0);
  if (count < planned) console.log(`${planned - count} were not tried, behind many faults`);
  return all.some(({ faults }) => faults.length > 0) ? 1 : 0;
}

function rangesOf(seed: number): Range[] {
  const kinds = KINDS.filter(([{ name }]) => values.kind === undefined || values.kind === name);
  if (kinds.length === 0) throw new RangeError(`no kind is called ${values.kind ?? ''}`);
  const whole = kinds.reduce((sum, [, share]) => sum + share, 0);
  const { only, from: first, count: wanted } = values;
  const from = only === undefined ? numberIn('from', first) : numberIn('only', only);
  const count = wanted === undefined ? whole : numberIn('count', wanted);
  return kinds.map(([{ name: kind }, share]) => {
    const inputs = only === undefined ? Math.ceil((share * count) / whole) : 1;
    return { kind, seed, from, end: from + inputs };
  });
}

function numberIn(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} is a whole number, not ${text}`);
  return Number(text);
}

function codeHere(): string {
  return sumOfCode(fileURLToPath(new URL('../..', import.meta.url)));
}

/** Of the pieces that were kept those that are in the range, and the rest of it. */
async function triedOf(range: Range, kept: Kept): Promise<readonly Piece[]> {
  const { kind, seed, from, end } = range;
  const pieces = kept.pieces.filter((piece) => {
    return piece.kind === kind && piece.seed === seed && piece.from >= from && piece.end <= end;
  });
  for (const [start, stop] of untried(pieces, from, end)) {
    await tried({ ...range, from: start, end: stop }, (piece) => {
      pieces.push(piece);
      kept.add(piece);
    });
  }
  return pieces;
}

function faultText(kind: string, seed: number, { number, what, shown }: Fault): string {
  const command = `npm run fuzz -- --kind=${JSON.stringify(kind)} --seed ${seed} --only ${number}`;
  return `  ${what}\n  ${shown}\n  repeat: ${command}`;
}

process.exitCode = await main();
