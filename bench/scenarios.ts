/** The scenarios that are measured, beside those that are shipped. */
import { readFileSync } from 'node:fs';
import { loadScenario } from '../src/scenario/load.js';
import type { Scenario } from '../src/scenario/scenario.js';

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

/** Some 440 events. */
export const SYNCED_PAGE = `
story: A sync writes a page that a thread stores into.
duration: 400ms
kernel: linux-2.6.25
memory: 16MiB
mirror: { regionSize: 4KiB, legs: [{ latency: ssd-sata }, { latency: ssd-sata }], log: { latency: nvme } }
filesystem: { type: ext2, blockSize: 1KiB, size: 64KiB }
preemption: { uniform: [0us, 50us] }
workload:
  stores: [{ create: /a }, { append: [/a, 512B] }, { repeat: { every: { uniform: [1ms, 9ms] }, do: [{ overwrite: [/a, 0B, 512B] }] } }]
  syncs: [{ repeat: { every: { uniform: [60ms, 90ms] }, do: [sync] } }]
crash: first-exposed
`;

/** The short runs that a user makes a million of. */
export const SHORT = 'scenarios/short.yaml';

export function scenarioOf(text: string): Scenario {
  const loaded = loadScenario(text, { file: 'bench', name: 'bench' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scenario;
}

export function scenarioIn(file: string): Scenario {
  return scenarioOf(readFileSync(file, 'utf8'));
}
