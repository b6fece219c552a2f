// Whole files, one at a time, with the tests of the file's room alone. A file that was measured and
// has not changed since, nor any test of its room, is not measured again.
import { Stryker } from '@stryker-mutator/core';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { filesBelow, hashOf, KEPT, ROOMS } from './places.mjs';

const CAUGHT = ['Killed', 'Timeout'];
const COUNTED = [...CAUGHT, 'Survived', 'NoCoverage'];

const roomOf = (file) => file.split('/')[1];
const reportOf = (file) => join(KEPT, `${file}.json`);

export async function measureFile(file) {
  const state = hashOf([file, ...filesBelow(`test/${roomOf(file)}`, '.ts')]);
  if (measured(file)?.state === state) return;
  process.env['DESYNC_ROOM'] = roomOf(file);
  const results = await new Stryker({ mutate: [file] }).runMutationTest();
  const mutants = results.map(({ status, mutatorName, replacement, location }) => {
    return { status, mutatorName, replacement, line: location.start.line };
  });
  mkdirSync(dirname(reportOf(file)), { recursive: true });
  writeFileSync(reportOf(file), JSON.stringify({ state, mutants }));
}

export function tableOf(all) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  const rows = ROOMS.map((room) => {
    const files = all.filter((file) => roomOf(file) === room);
    const found = files.flatMap((file) => measured(file) ?? []);
    const mutants = found.flatMap((one) => one.mutants);
    const of = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
    const score = `${((100 * of(...CAUGHT)) / Math.max(of(...COUNTED), 1)).toFixed(1)} %`;
    const left = of('Survived', 'NoCoverage');
    const counts = [of(...COUNTED), of('Killed'), of('Timeout'), left];
    return line([room, `${found.length} of ${files.length}`, ...counts, score]);
  });
  const head = line(['room', 'files', 'mutants', 'killed', 'timed out', 'survived', 'score']);
  return [head, ...rows].join('');
}

export function survivorsOf(all) {
  const lines = all.flatMap((file) =>
    (measured(file)?.mutants ?? [])
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ line, mutatorName, replacement }) => {
        return `${file}:${line} ${mutatorName}: ${replacement?.split('\n')[0]}\n`;
      }),
  );
  return lines.join('');
}

function measured(file) {
  if (!existsSync(reportOf(file))) return undefined;
  return JSON.parse(readFileSync(reportOf(file), 'utf8'));
}
