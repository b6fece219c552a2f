/**
 * `npm run fuzz`: a hundred thousand hostile inputs, and what became of them, as a table.
 *
 * Each kind is tried in a worker of its own, which is watched from here: it may not be silent for
 * longer than an input may take, nor have more memory than it was given. The same seed makes the
 * same inputs; one of them alone is `--kind NAME --seed S --only N`.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { KINDS } from './kinds.js';
import type { Fault, Task, Told } from './worker.js';

/** An input may take so long, on a machine that has other things to do. */
const PATIENCE_MS = 60_000;
/** Of what a worker keeps. */
const MOST_MiB = 512;
const LOOK_EVERY_MS = 200;

interface Row {
  readonly kind: string;
  refused: number;
  right: number;
  seconds: number;
  peakMiB: number;
  readonly faults: Fault[];
}

const { values } = parseArgs({
  options: {
    kind: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100000' },
    only: { type: 'string' },
    jobs: { type: 'string', default: '2' },
  },
});

async function main(): Promise<number> {
  const seed = numberIn('seed', values.seed);
  const count = numberIn('count', values.count);
  const only = values.only === undefined ? undefined : numberIn('only', values.only);
  const kinds = KINDS.filter(([{ name }]) => values.kind === undefined || values.kind === name);
  if (kinds.length === 0) throw new RangeError(`no kind is called ${values.kind ?? ''}`);
  const whole = kinds.reduce((sum, [, share]) => sum + share, 0);
  const waiting = kinds.map(([{ name }, share]) => {
    const inputs = only === undefined ? Math.ceil((share * count) / whole) : 1;
    return () => triedIn(name, seed, only ?? 0, inputs);
  });
  const rows: Row[] = [];
  console.log(`seed ${seed}\n${HEAD}`);
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const row = await next();
      rows.push(row);
      console.log(textOf(row));
      row.faults.forEach((fault) => console.log(faultText(row.kind, seed, fault)));
    }
  };
  await Promise.all(Array.from({ length: numberIn('jobs', values.jobs) }, lane));
  const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const faults = rows.flatMap((row) => row.faults);
  const all = { kind: 'all', refused: sum((r) => r.refused), faults };
  const peakMiB = Math.max(...rows.map((row) => row.peakMiB));
  const right = sum((row) => row.right);
  console.log(textOf({ ...all, right, seconds: sum((row) => row.seconds), peakMiB }));
  return faults.length > 0 ? 1 : 0;
}

function numberIn(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} is a whole number, not ${text}`);
  return Number(text);
}

/** One kind, from the input `from` on. */
async function triedIn(kind: string, seed: number, from: number, inputs: number): Promise<Row> {
  const row: Row = { kind, refused: 0, right: 0, seconds: 0, peakMiB: 0, faults: [] };
  const end = from + inputs;
  const began = performance.now();
  let next = from;
  while (next < end) {
    next = await triedUntilItHangs(row, { kind, seed, from: next, end });
  }
  row.seconds = (performance.now() - began) / 1000;
  return row;
}

/** Answers with the number of the next input: the end, or the one behind that which hung. */
function triedUntilItHangs(row: Row, task: Omit<Task, 'counts'>): Promise<number> {
  const counts = new Int32Array(new SharedArrayBuffer(12));
  counts[0] = task.from;
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { ...task, counts },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MiB },
  });
  return new Promise((resolve) => {
    let last = { number: -1, since: performance.now() };
    const end = (fault?: string): void => {
      clearInterval(watch);
      const number = Atomics.load(counts, 0);
      if (fault !== undefined) row.faults.push({ number, what: fault, shown: '' });
      row.refused += Atomics.load(counts, 1);
      row.right += Atomics.load(counts, 2);
      void worker.terminate().then(() => {
        resolve(fault === undefined ? task.end : number + 1);
      });
    };
    const watch = setInterval(() => {
      row.peakMiB = Math.max(row.peakMiB, process.memoryUsage.rss() / 2 ** 20);
      const number = Atomics.load(counts, 0);
      if (number !== last.number) last = { number, since: performance.now() };
      else if (performance.now() - last.since > PATIENCE_MS) end('it hangs');
    }, LOOK_EVERY_MS);
    worker.on('message', (told: Told) => {
      if (told === 'end') end();
      else row.faults.push(told);
    });
    worker.on('error', (error) => {
      end(`the worker ended: ${String(error)}`);
    });
  });
}

const HEAD = `${'kind'.padEnd(22)}  inputs  refused    right  faults  seconds  peak RSS`;

function textOf({ kind, refused, right, faults, seconds, peakMiB }: Row): string {
  return [
    kind.padEnd(22),
    `${refused + right + faults.length}`.padStart(7),
    `${refused}`.padStart(8),
    `${right}`.padStart(8),
    `${faults.length}`.padStart(7),
    seconds.toFixed(1).padStart(8),
    `${peakMiB.toFixed(0)} MiB`.padStart(9),
  ].join(' ');
}

function faultText(kind: string, seed: number, { number, what, shown }: Fault): string {
  const command = `npm run fuzz -- --kind ${JSON.stringify(kind)} --seed ${seed} --only ${number}`;
  return `  ${what}\n  ${shown}\n  repeat: ${command}`;
}

process.exitCode = await main();
