/** From the steps of applications to instructions: paths become inode slots, loops become jumps. */
import type { Scenario } from '../scenario/scenario.js';
import type { Instruction } from '../machine/instruction.js';
import { FIRST_FILE_SLOT } from '../machine/files/inodes.js';
import type { Step } from '../machine/program.js';
import { latencyModel, type LatencyModel, type Spread } from '../media/latency.js';

export interface Compiled {
  /** By inode slot; the block device and the root directory have empty ones. */
  readonly paths: readonly string[];
  readonly applications: readonly {
    readonly name: string;
    readonly pid: number;
    readonly instructions: readonly Instruction[];
  }[];
}

export function compile(
  scenario: Scenario,
  latency: (spread: Spread) => LatencyModel = latencyModel,
): Compiled {
  const paths = Array.from({ length: FIRST_FILE_SLOT }, () => '');
  const slotOf = (path: string): number => {
    const known = paths.indexOf(path);
    return known >= 0 ? known : paths.push(path) - 1;
  };
  for (const { path } of scenario.files) slotOf(path);
  const applications = scenario.workload.map(({ name, pid, steps }) => {
    const instructions: Instruction[] = [];
    flatten(steps, instructions, slotOf, latency);
    return { name, pid, instructions };
  });
  return { paths, applications };
}

function flatten(
  steps: readonly Step[],
  into: Instruction[],
  slotOf: (path: string) => number,
  latency: (spread: Spread) => LatencyModel,
): void {
  for (const step of steps) {
    switch (step.do) {
      case 'create':
      case 'unlink':
      case 'fsync':
        into.push({ op: step.do, file: slotOf(step.path), path: step.path });
        break;
      case 'append':
        into.push({ op: 'append', file: slotOf(step.path), path: step.path, bytes: step.bytes });
        break;
      case 'overwrite':
      case 'store':
      case 'direct':
      case 'scribble': {
        const { path, offset, bytes } = step;
        into.push({ op: step.do, file: slotOf(path), path, offset, bytes });
        break;
      }
      case 'sync':
        into.push({ op: 'sync' });
        break;
      case 'use':
      case 'release':
        into.push({ op: step.do, bytes: step.bytes });
        break;
      case 'sleep':
        into.push({ op: 'sleep', for: latency(step.for) });
        break;
      case 'at':
        into.push({ op: 'at', at: step.at });
        break;
      case 'repeat': {
        const to = into.length;
        into.push({ op: 'sleep', for: latency(step.every) });
        flatten(step.steps, into, slotOf, latency);
        const counter = into.filter(({ op }) => op === 'loop').length;
        into.push({ op: 'loop', to, times: step.times, counter });
        break;
      }
    }
  }
}
