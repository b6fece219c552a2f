/**
 * Short runs, whole: boot, race, crash, recover, judge. One page, real bytes, and the runner that
 * every command has.
 */
import { scenarioOf } from './end-to-end.js';
import { SYNCED_PAGE } from './memory.js';
import { secondsOf, thousands, type Row } from './row.js';
import { Runner } from '../src/lab/runner.js';
import { seeded } from '../src/sim/seeded.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';

/** pdflush writes a page of a mapping twice, and the second store comes when it does. */
const MAPPED_PAGE = `
story: A page is mapped and stored into twice, the second time when pdflush has its eye on it.
duration: 50s
kernel: linux-2.6.25
memory: 256MiB
mirror:
  regionSize: 4KiB
  legs:
    - { latency: { firstSample: { list: [1ms, 5ms] }, durable: 1ms, sectorTime: 0us } }
    - { latency: { firstSample: { list: [1ms, 5ms] }, durable: 1ms, sectorTime: 0us } }
  log: { latency: { firstSample: 1ms, durable: 1ms, sectorTime: 0us } }
filesystem: { type: ext2, blockSize: 1KiB, size: 64KiB }
files: { /page: 1KiB }
fileTimes: stay
workload:
  app: [{ store: [/page, 0B, 512B] }, { at: 30s }, { sleep: { list: [4ms, 7ms, 8ms] } }, { store: [/page, 0B, 512B] }]
crash: random
aftermath: [fsck]
`;

export function* shortBench(): Generator<Row> {
  yield* runsOf('a mapped page', MAPPED_PAGE, 100_000);
  yield* runsOf('a page under sync', SYNCED_PAGE, 20_000);
}

function* runsOf(what: string, text: string, runs: number): Generator<Row> {
  const scenario = scenarioOf(text);
  const runner = new Runner();
  const totals = { events: 0, diverged: 0 };
  const run = (seed: number): void => {
    const outcome = runner.runAmongSeeds(scenario, clearWhenIdle, String(seed));
    totals.events += outcome.events;
    if (outcome.divergence.length > 0) totals.diverged++;
  };
  for (let seed = 0; seed < runs / 10; seed++) run(seed);
  totals.events = totals.diverged = 0;
  const seconds = secondsOf(() => {
    for (let seed = 1; seed <= runs; seed++) run(seed);
  });
  const events = Math.round(totals.events / runs);
  const bare = secondsOf(() => {
    for (let seed = 1; seed <= runs; seed++) bareRun(String(seed), events);
  });
  const diverged = ((100 * totals.diverged) / runs).toFixed(1);
  yield {
    what: `short runs, ${what}, ${events} events a run`,
    figure: `${thousands(runs / seconds)} runs/s`,
    beside: `bare loop ${thousands(runs / bare)}; aim 50,000; ${diverged} % end in divergence`,
  };
  yield {
    what: `  all of such a run, by its events`,
    figure: `${((seconds * 1e9) / totals.events).toFixed(0)} ns`,
    beside: `${((seconds * 1e6) / runs).toFixed(1)} us a run`,
  };
}

/** What no simulator gets below: a seed, and for each event a question and the next due time. */
function bareRun(seed: string, events: number): void {
  const stream = seeded(seed).stream('bare loop');
  const due = new Float64Array(8);
  let now = 0;
  for (let n = 0; n < events; n++) {
    now = Math.max(now, due[n & 7]!);
    due[n & 7] = now + stream.choose(1_000_000, 'delay');
  }
  if (now < 0) throw new Error('never');
}
