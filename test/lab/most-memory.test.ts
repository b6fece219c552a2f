import { describe, expect, it } from 'vitest';
import { baseOf } from '../../src/lab/base.js';
import { mostPagesInUse } from '../../src/lab/assembly/most-memory.js';
import { smallScenario } from '../support/small-scenario.js';

/** Pages that processes can have at once, in pages. */
function used(...applications: readonly string[]): number {
  const workload = applications.map((steps, n) => `app${n}: [${steps}]`).join(', ');
  const scenario = smallScenario(`workload={ ${workload} }`);
  const { layout } = baseOf(scenario);
  return mostPagesInUse(scenario.workload, layout, 3).processes;
}

describe('the most memory that a workload can have in use', () => {
  it('is what its applications take together', () => {
    expect(used('{ use: 8KiB }, { use: 4KiB }', '{ use: 5KiB }')).toBe(5);
  });

  it('counts what is given back only after that', () => {
    expect(used('{ use: 8KiB }, { release: 4KiB }, { use: 8KiB }')).toBe(3);
    expect(used('{ use: 12KiB }, { release: 12KiB }, { use: 4KiB }')).toBe(3);
  });

  it('grows with each round that gives back less than it takes', () => {
    const round = '{ use: 12KiB }, { release: 8KiB }';
    expect(used(`{ repeat: { every: 1s, times: 3, do: [${round}] } }`)).toBe(5);
    expect(used(`{ repeat: { every: 1s, do: [${round}] } }`)).toBe(Infinity);
  });

  it('has an end where each round gives all back', () => {
    expect(used('{ repeat: { every: 1s, do: [{ use: 8KiB }, { release: 8KiB }] } }')).toBe(2);
  });

  it('has room for each block of the disk twice, and for what is left of a page in each file', () => {
    const { layout } = baseOf(smallScenario('filesystem.size=257KiB'));
    expect(mostPagesInUse([], layout, 3)).toEqual({ files: 65 * 2 + 3, processes: 0 });
  });
});
