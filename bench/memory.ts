/** Memory over 100,000 seeds of a short scenario: it must be flat. */
import { scenarioOf } from './end-to-end.js';
import { secondsOf, thousands, type Row } from './row.js';
import { experiment } from '../src/lab/experiment.js';
import { laboratory } from '../src/lab/laboratory.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';
import { seeded } from '../src/sim/seeded.js';

const SEEDS = 100_000;

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

export function* memoryBench(): Generator<Row> {
  const lab = laboratory(scenarioOf(SYNCED_PAGE), clearWhenIdle);
  const sizes: number[] = [];
  let exposed = 0;
  const seconds = secondsOf(() => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      if (experiment(lab, () => seeded(String(seed))).exposure.windowCount > 0) exposed++;
      if (seed % (SEEDS / 5) === 0) sizes.push(process.memoryUsage.rss());
    }
  });
  yield {
    what: `${thousands(SEEDS)} seeds of a short scenario`,
    figure: `${thousands(SEEDS / seconds)} runs/s`,
    beside: `${thousands(exposed)} exposed, crashed, recovered and judged`,
  };
  yield {
    what: 'memory after each fifth of them',
    figure: 'MiB',
    beside: sizes.map((bytes) => Math.round(bytes / 2 ** 20)).join(', '),
  };
}
