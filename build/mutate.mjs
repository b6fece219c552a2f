// Stryker, a file at a time, with the tests of the file's room alone. A file that was measured and
// has not changed since, nor any test of its room, is not measured again: so it can be broken off
// and goes on.
//
//     npm run mutate -- [sim] [media/record.ts] [--table] [--survivors]
//
// --table and --survivors only tell what was measured before.
import { Stryker } from '@stryker-mutator/core';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOMS = ['sim', 'media', 'ext2', 'aftermath'];
const CAUGHT = ['Killed', 'Timeout'];
const COUNTED = [...CAUGHT, 'Survived', 'NoCoverage'];
const root = fileURLToPath(new URL('..', import.meta.url));
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const wanted = named.length > 0 ? named : ROOMS;

function filesBelow(folder, end) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end) && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => join(folder, file));
}

const roomOf = (file) => file.split('/')[1];
const reportOf = (file) => join(root, 'reports', 'mutation', `${file}.json`);

/** Of the file and all tests of its room. */
function stateOf(file) {
  const hash = createHash('sha256');
  for (const one of [file, ...filesBelow(`test/${roomOf(file)}`, '.ts')]) {
    hash.update(readFileSync(join(root, one)));
  }
  return hash.digest('hex');
}

function measured(file) {
  if (!existsSync(reportOf(file))) return undefined;
  return JSON.parse(readFileSync(reportOf(file), 'utf8'));
}

async function measure(file) {
  const state = stateOf(file);
  if (measured(file)?.state === state) return;
  process.env['DESYNC_ROOM'] = roomOf(file);
  const results = await new Stryker({ mutate: [file] }).runMutationTest();
  const mutants = results.map(({ status, mutatorName, replacement, location }) => {
    return { status, mutatorName, replacement, line: location.start.line };
  });
  mkdirSync(dirname(reportOf(file)), { recursive: true });
  writeFileSync(reportOf(file), JSON.stringify({ state, mutants }));
}

function tell(all) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(
    line(['room', 'files', 'mutants', 'killed', 'timed out', 'survived', 'score']),
  );
  for (const room of ROOMS) {
    const files = all.filter((file) => roomOf(file) === room);
    const found = files.flatMap((file) => measured(file) ?? []);
    const mutants = found.flatMap((one) => one.mutants);
    const of = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
    const score = `${((100 * of(...CAUGHT)) / Math.max(of(...COUNTED), 1)).toFixed(1)} %`;
    const left = of('Survived', 'NoCoverage');
    const counts = [of(...COUNTED), of('Killed'), of('Timeout'), left];
    process.stdout.write(line([room, `${found.length} of ${files.length}`, ...counts, score]));
  }
}

function tellSurvivors(all) {
  for (const file of all) {
    for (const { status, line, mutatorName, replacement } of measured(file)?.mutants ?? []) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      process.stdout.write(`${file}:${line} ${mutatorName}: ${replacement?.split('\n')[0]}\n`);
    }
  }
}

const all = ROOMS.flatMap((room) => filesBelow(`src/${room}`, '.ts'));
const chosen = wanted.flatMap((name) =>
  all.filter((file) => file === `src/${name}` || file.startsWith(`src/${name}/`)),
);
if (options.length === 0) for (const file of chosen) await measure(file);
if (options.includes('--survivors')) tellSurvivors(chosen);
else tell(all);
