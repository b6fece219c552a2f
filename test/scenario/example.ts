/** A scenario that is right in every line, and ways to spoil it. */
import { loadScenario } from '../../src/scenario/load.js';
import { formatProblem, type Problem } from '../../src/scenario/problem.js';
import { parseChange } from '../../src/scenario/path.js';
import type { Scenario } from '../../src/scenario/scenario.js';

export const EXAMPLE = `story: An append races pdflush, and the file is fsynced.
seed: 7
duration: 120s
kernel: linux-2.6.25
memory: 256MiB
mirror:
  regionSize: 512KiB
  legs: [{ latency: hdd-7200 }, { latency: nvme }]
  log: { latency: ssd-sata }
filesystem: { type: ext2, blockSize: 1KiB, size: 64MiB }
preemption: { uniform: [0us, 200us] }
workload:
  app:
    - { create: /a }
    - repeat:
        every: { uniform: [10ms, 90ms] }
        do: [{ append: [/a, 1KiB] }, { fsync: /a }]
crash: first-exposed
aftermath: [fsck, { remove: leg0 }, remount, { create: /b }, { read: /a }]
expect: { clear-when-idle: { outcome: harmed, harm: [block-used-twice] } }
`;

export const ORIGIN = { file: 'x.yaml', name: 'x' };

/** The example with one piece of it replaced; the piece must be there. */
export function spoilt(piece: string, by: string): string {
  if (!EXAMPLE.includes(piece)) throw new Error(`the example has no ${piece}`);
  return EXAMPLE.replace(piece, by);
}

export function scenarioIn(text: string, ...sets: readonly string[]): Scenario {
  const loaded = loadScenario(text, ORIGIN, changesIn(sets));
  if (loaded.ok) return loaded.scenario;
  throw new Error(loaded.problems.map((problem) => formatProblem(problem, false)).join('\n'));
}

export function problemsIn(text: string, ...sets: readonly string[]): readonly Problem[] {
  const loaded = loadScenario(text, ORIGIN, changesIn(sets));
  return loaded.ok ? [] : loaded.problems;
}

/** The first line of each problem, and its hint after an arrow. */
export function complaintsAbout(text: string, ...sets: readonly string[]): string[] {
  return problemsIn(text, ...sets).map((problem) => {
    const [first = ''] = formatProblem(problem, false).split('\n');
    return problem.hint === undefined ? first : `${first} -> ${problem.hint}`;
  });
}

function changesIn(sets: readonly string[]): { path: string; value: string }[] {
  return sets.map((text) => {
    const change = parseChange(text);
    if (typeof change === 'string') throw new Error(change);
    return change;
  });
}
