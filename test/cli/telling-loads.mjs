// Writes the address of each module that is loaded into the file that LOADS names:
// node --import ./test/cli/telling-loads.mjs
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// It is loaded once more in the thread of the hooks.
if (isMainThread) register(import.meta.url);

export function load(url, context, next) {
  appendFileSync(process.env.LOADS, `${url}\n`);
  return next(url, context);
}
