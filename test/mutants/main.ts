/**
 * Would it have noticed? `npm run mutants` plants each bug and asks the check that it names, then
 * all others; with `--named` only that one, which is quicker where a bug survives. With `--quick`
 * only bugs that docs/mutants.md says are noticed at once, by their first trial.
 *
 *     npm run mutants -- [--named] [--quick] [--write] [--json] [--only TEXT]
 *
 * Exit code 1: a bug survived, another check than the named one noticed, or there was a false
 * alarm.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { asItIs, lend, sourceOf, withBug, type Site } from './gate.js';
import { planted, type Mutant } from './mutant.js';
import { MUTANTS } from './planted.js';
import { noticedAtOnce, rowOf, tableOf, withTable, type Row } from './table.js';

/** Of each check: a law, the sweep, the explorer. */
const MOST_TRIALS = 12;
const AT_ONCE = 2;
/** A trial of the activity log takes seconds. */
const SLOW = 'activity log: ';

const built = fileURLToPath(new URL('../..', import.meta.url));
const site: Site = { built, root: join(built, '..') };
const options = new Set(process.argv.slice(2));
const only = process.argv[process.argv.indexOf('--only') + 1] ?? '';

process.exitCode = (await everything()) ? 0 : 1;

async function everything(): Promise<boolean> {
  const names = await namesOfChecks();
  const mutants = chosen();
  for (const mutant of mutants) planted(mutant, sourceOf(site, mutant));
  const began = performance.now();
  const [alarm, rows] = await Promise.all([falseAlarm(names), rowsOf(mutants, names)]);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  if (options.has('--json')) process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
  else process.stdout.write(`${tableOf(rows)}\n`);
  const survivors = rows.filter(({ isAsNamed }) => !isAsNamed);
  for (const { what, caughtBy, why } of survivors) {
    process.stdout.write(`NOT AS NAMED: ${what}: ${caughtBy} ${why}\n`);
  }
  if (alarm !== undefined) process.stdout.write(`FALSE ALARM: ${alarm}\n`);
  process.stdout.write(`${rows.length} bugs, ${survivors.length} not as named, in ${seconds} s\n`);
  if (options.has('--write')) write(rows);
  return survivors.length === 0 && alarm === undefined;
}

function chosen(): readonly Mutant[] {
  if (options.has('--only')) {
    return MUTANTS.filter(({ name, file }) => `${file} ${name}`.includes(only));
  }
  if (!options.has('--quick')) return MUTANTS;
  const noticed = noticedAtOnce(readFileSync(documentAt(), 'utf8'));
  return MUTANTS.filter(({ name, caughtBy }) => {
    return noticed.includes(name) && !caughtBy.startsWith(SLOW);
  });
}

/** The program as it is, by the same trials. Of the quick ones the suite makes sure. */
async function falseAlarm(names: readonly string[]): Promise<string | undefined> {
  if (options.has('--only') || options.has('--quick')) return undefined;
  const answer = await asItIs(site, MOST_TRIALS, names);
  if (answer === 'no end') return answer;
  return answer.caught && `${answer.caught.by}: ${answer.caught.trial}: ${answer.caught.why}`;
}

async function rowsOf(mutants: readonly Mutant[], names: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < mutants.length; n = next++) {
      const mutant = mutants[n]!;
      const { caughtBy } = mutant;
      const others = names.filter((name) => name !== caughtBy);
      const isAlone = options.has('--named') || options.has('--quick');
      const checks = isAlone ? [caughtBy] : [caughtBy, ...others];
      const most = options.has('--quick') ? 1 : MOST_TRIALS;
      const row = rowOf(mutant, await withBug(site, mutant, most, checks));
      rows[n] = row;
      const came = row.caughtBy === '' ? row.why : `${row.caughtBy}, after ${row.after}`;
      process.stderr.write(`${mutant.name}: ${came}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return rows;
}

/** What the checks read has to stand beside them first. */
async function namesOfChecks(): Promise<string[]> {
  lend(site.root, built);
  const { CHECKS } = await import('./checks.js');
  return CHECKS.map(({ name }) => name);
}

function documentAt(): string {
  return join(site.root, 'docs', 'mutants.md');
}

function write(rows: readonly Row[]): void {
  const file = documentAt();
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), rows));
}
