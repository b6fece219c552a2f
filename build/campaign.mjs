// Every shipped scenario under every shipped strategy, with the scenario's own seed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Runner } from '../dist/lab/runner.js';
import { fingerprintOf } from '../dist/lab/fingerprint-of.js';
import { MODEL_VERSION } from '../dist/lab/model-version.js';
import { loadScenario } from '../dist/scenario/load.js';
import { SHIPPED } from '../dist/strategies/shipped.js';

const folder = fileURLToPath(new URL('../scenarios/', import.meta.url));

/**
 * `outcomes`: one hash over all that was judged where something is expected, prices, exposure and
 * harm included. It is for comparing engines and not kept: new facts would change it.
 */
export function campaign() {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml'))
    .sort();
  const runner = new Runner();
  const outcomes = createHash('sha256');
  const fingerprints = {};
  let runs = 0;
  for (const file of files) {
    const text = readFileSync(folder + file, 'utf8');
    const loaded = loadScenario(text, { file, name: basename(file, '.yaml') });
    if (!loaded.ok) throw new Error(`${file} is no scenario`);
    const { scenario } = loaded;
    fingerprints[file] = {};
    for (const strategy of SHIPPED) {
      runs++;
      fingerprints[file][strategy.name] = fingerprintOf(scenario, strategy, scenario.seed);
      if (!(strategy.name in scenario.expect)) continue;
      outcomes.update(JSON.stringify(runner.run(scenario, strategy, scenario.seed)));
    }
  }
  return { runs, modelVersion: MODEL_VERSION, fingerprints, outcomes: outcomes.digest('hex') };
}
