// Would the tests notice? Stryker on sim, media, ext2 and aftermath.
//
//     npm run mutate -- --sample 75 [--seed 1] [sim]           so many of each room's mutants
//     npm run mutate -- [sim] [media/record.ts]                all of them, a file at a time
//
// Either may be broken off and goes on. With --table or --survivors it only tells what was measured
// before.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { filesBelow, ROOMS } from './mutation/places.mjs';
import { Sample } from './mutation/sampled.mjs';
import { measureFile, survivorsOf, tableOf } from './mutation/whole.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    table: { type: 'boolean', default: false },
    survivors: { type: 'boolean', default: false },
  },
});
const wanted = positionals.length > 0 ? positionals : ROOMS;
const isToMeasure = !values.table && !values.survivors;
process.stdout.write(await (values.sample === undefined ? whole() : sampled()));

async function whole() {
  const all = ROOMS.flatMap((room) => filesBelow(`src/${room}`, '.ts'));
  const chosen = wanted.flatMap((name) =>
    all.filter((file) => file === `src/${name}` || file.startsWith(`src/${name}/`)),
  );
  if (isToMeasure) for (const file of chosen) await measureFile(file);
  return values.survivors ? survivorsOf(chosen) : tableOf(all);
}

async function sampled() {
  const size = Number(values.sample);
  if (!Number.isSafeInteger(size) || size < 1) throw new Error('--sample wants a whole number');
  const unknown = wanted.filter((room) => !ROOMS.includes(room));
  if (unknown.length > 0) throw new Error(`a sample is of whole rooms, not of ${unknown.join()}`);
  const sample = new Sample(size, values.seed);
  if (isToMeasure) for (const room of wanted) await sample.measure(room);
  return values.survivors ? sample.survivors(wanted) : sample.table(wanted);
}
