import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarios } from './arbitrary.js';
import { EXAMPLE, scenarioIn } from './example.js';
import { printScenario } from '../../src/scenario/print.js';
import { CAMPAIGN } from '../support/campaign.js';

describe('a printed scenario', () => {
  it('reads as a person would have written it, with its defaults', () => {
    expect(printScenario(scenarioIn(EXAMPLE)))
      .toBe(`story: An append races pdflush, and the file is fsynced.
seed: 7
duration: 120s
kernel: linux-2.6.25
memory: 256MiB
mirror:
  regionSize: 512KiB
  initially: in-sync
  legs: [ { latency: hdd-7200 }, { latency: nvme } ]
  log: { latency: ssd-sata }
filesystem: { type: ext2, blockSize: 1KiB, size: 64MiB }
files: {}
fileTimes: change
preemption: { uniform: [ 0s, 200us ] }
workload:
  app:
    - { create: /a }
    - repeat: { every: { uniform: [ 10ms, 90ms ] }, do: [ { append: [ /a, 1KiB ] }, { fsync: /a } ] }
strategies: {}
crash: first-exposed
recovery: { interruptedAt: [] }
aftermath: [ fsck, { remove: leg0 }, remount, { create: /b }, { read: /a } ]
expect: { clear-when-idle: { outcome: harmed, harm: [ block-used-twice ] } }
limits: { events: 50000000 }
bound: {}
timing: scenario
`);
  });

  it('loads to the same scenario, whatever it holds', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(scenarioIn(printScenario(scenario))).toEqual(scenario);
      }),
      { numRuns: 200 * CAMPAIGN },
    );
  });
});
