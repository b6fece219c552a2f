/**
 * Whole runs: 120 s of an ext2 that is stored into 20 times a second, from reset to the final
 * fingerprint.
 */
import { millions, secondsOf, thousands, type Row } from './row.js';
import { laboratory } from '../src/lab/laboratory.js';
import { loadScenario } from '../src/scenario/load.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';
import { instantOf } from '../src/sim/time.js';
import { seeded } from '../src/sim/seeded.js';
import type { Scenario } from '../src/scenario/scenario.js';

const RUNS = 1500;

/** Four stores an append (bitmap, descriptor, data, indirect block), five appends a second. */
export const TWENTY_STORES = `
story: Appends without fsync; pdflush writes them.
duration: 120s
kernel: linux-2.6.25
memory: 256MiB
mirror: { regionSize: 512KiB, legs: [{ latency: hdd-7200 }, { latency: hdd-7200 }], log: { latency: hdd-7200 } }
filesystem: { type: ext2, blockSize: 1KiB, size: 64MiB }
preemption: { uniform: [0us, 200us] }
workload:
  app:
    - { create: /a }
    - { repeat: { every: { uniform: [100ms, 300ms] }, do: [{ append: [/a, 1KiB] }] } }
`;

export function* endToEndBench(): Generator<Row> {
  const scenario = scenarioOf(TWENTY_STORES);
  const { world } = laboratory(scenario, clearWhenIdle);
  const totals = { events: 0, applicationEvents: 0, stores: 0 };
  const run = (seed: number): void => {
    world.reset(seeded(String(seed)));
    world.runTo(instantOf(scenario.duration - 1));
    world.finish(instantOf(scenario.duration));
    totals.events += world.events;
    totals.applicationEvents += world.applicationEvents;
    totals.stores += world.stores;
  };
  for (let seed = 0; seed < 200; seed++) run(seed);
  totals.events = totals.applicationEvents = totals.stores = 0;
  const seconds = secondsOf(() => {
    for (let seed = 1; seed <= RUNS; seed++) run(seed);
  });
  const simulated = (RUNS * scenario.duration) / 1e9;
  yield {
    what: 'ext2, simulated seconds a second',
    figure: thousands(simulated / seconds),
    beside: `aim 100,000; ${(totals.stores / simulated).toFixed(1)} stores a second`,
  };
  yield {
    what: 'ext2, events a second',
    figure: millions(totals.events / seconds),
    beside: 'aim 3 M/s; a bare agenda stands above',
  };
  yield {
    what: 'ext2, without mere application steps',
    figure: millions((totals.events - totals.applicationEvents) / seconds),
    beside: `${((100 * totals.applicationEvents) / totals.events).toFixed(0)} % of events are such steps`,
  };
}

export function scenarioOf(text: string): Scenario {
  const loaded = loadScenario(text, { file: 'bench', name: 'bench' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scenario;
}
