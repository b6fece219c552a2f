// How many milliseconds of processor time the first answer takes once the program is loaded.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { explore } from '../dist/lab/explore.js';
import { Runner } from '../dist/lab/runner.js';
import { loadScenario } from '../dist/scenario/load.js';
import { clearWhenIdle } from '../dist/strategies/clear-when-idle.js';

const [, , what, file = ''] = process.argv;
const loaded = loadScenario(readFileSync(file, 'utf8'), { file, name: 'first' });
if (!loaded.ok) throw new Error(`${file} is no scenario`);

const before = process.cpuUsage();
if (what === 'explore') {
  const wanted = { timing: 'free', levels: 2, mostStates: undefined, untilFirst: true };
  const found = explore(loaded.scenario, clearWhenIdle, { ...wanted, stop: () => false });
  if (found.shortest === undefined) throw new Error('it found nothing');
} else {
  new Runner().run(loaded.scenario, clearWhenIdle, '1');
}
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
