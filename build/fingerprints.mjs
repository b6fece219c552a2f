// What every shipped scenario comes to under every strategy: printed as JSON, or checked against a
// file with --check FILE. Runs the compiled program on whatever engine runs this file. What was
// kept of another version of the model is not compared: it is refused.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { MODEL_VERSION } from '../dist/lab/model-version.js';
import { campaign } from './campaign.mjs';

const path = process.argv[2] === '--check' ? process.argv[3] : undefined;
const kept = path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'));

if (kept === undefined) {
  const { modelVersion, fingerprints } = campaign();
  process.stdout.write(`${JSON.stringify({ modelVersion, fingerprints }, null, 2)}\n`);
} else if (kept.modelVersion !== MODEL_VERSION) {
  const was = kept.modelVersion ?? 'of no version';
  process.stdout.write(`model version: ${MODEL_VERSION}, kept is ${was}\n`);
  process.exitCode = 3;
} else {
  checkAgainst(kept.fingerprints);
}

function checkAgainst(golden) {
  const found = campaign();
  const { fingerprints } = found;
  const files = [...new Set([...Object.keys(golden), ...Object.keys(fingerprints)])];
  const differing = files.flatMap((file) =>
    [...new Set([golden, fingerprints].flatMap((all) => Object.keys(all[file] ?? {})))]
      .filter((strategy) => golden[file]?.[strategy] !== fingerprints[file]?.[strategy])
      .map((strategy) => {
        const [was, is] = [golden, fingerprints].map((all) => all[file]?.[strategy] ?? 'nothing');
        return `${file} under ${strategy}: ${is}, kept is ${was}`;
      }),
  );
  for (const line of differing) process.stdout.write(`${line}\n`);
  process.stdout.write(`${JSON.stringify({ runs: found.runs, outcomes: found.outcomes })}\n`);
  process.exitCode = differing.length > 0 ? 3 : 0;
}
