// What every shipped scenario comes to under every strategy: printed as JSON, or checked against a
// file with --check FILE. Runs the compiled program on whatever engine runs this file.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { campaign } from './campaign.mjs';

const kept = process.argv[2] === '--check' ? process.argv[3] : undefined;
const found = campaign();
const { modelVersion, fingerprints } = found;

if (kept === undefined) {
  process.stdout.write(`${JSON.stringify({ modelVersion, fingerprints }, null, 2)}\n`);
} else {
  const golden = JSON.parse(readFileSync(kept, 'utf8')).fingerprints;
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
