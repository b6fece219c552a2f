/** Scenarios for tests: a small disk, quick drives, and whatever a test wants otherwise. */
import { loadScenario } from '../../src/scenario/load.js';
import { parseChange } from '../../src/scenario/path.js';
import { formatProblem } from '../../src/scenario/problem.js';
import type { Scenario } from '../../src/scenario/scenario.js';

const QUICK = '{ latency: { firstSample: 1ms, durable: 2ms, sectorTime: 10us } }';

const SMALL = `
story: A small world for a test.
duration: 20s
kernel: linux-2.6.25
memory: 256MiB
mirror: { regionSize: 4KiB, legs: [${QUICK}, ${QUICK}], log: ${QUICK} }
filesystem: { type: ext2, blockSize: 1KiB, size: 256KiB }
workload: { app: [{ create: /a }] }
crash: none
`;

/** The small scenario after changes such as `duration=5s`, made one after another. */
export function smallScenario(...sets: readonly string[]): Scenario {
  return changedScenario(SMALL, 'small', sets);
}

/** Any scenario's text after such changes; throws with all its problems. */
export function changedScenario(text: string, name: string, sets: readonly string[]): Scenario {
  const changes = sets.map((set) => {
    const change = parseChange(set);
    if (typeof change === 'string') throw new Error(change);
    return change;
  });
  const loaded = loadScenario(text, { file: `${name}.yaml`, name }, changes);
  if (loaded.ok) return loaded.scenario;
  throw new Error(loaded.problems.map((problem) => formatProblem(problem, false)).join('\n'));
}

/** A drive of which every latency is known: `drive('1ms', '2ms')`. */
export function drive(firstSample: string, durable: string, sectorTime = '0us'): string {
  return `{ latency: { firstSample: ${firstSample}, durable: ${durable}, sectorTime: ${sectorTime} } }`;
}
