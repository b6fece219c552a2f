import { describe, expect, it } from 'vitest';
import { storedSectors } from '../../../src/lab/assembly/stored-sectors.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { SHIPPED } from '../../../src/strategies/shipped.js';
import { smallScenario } from '../../support/small-scenario.js';

const STORE = '{ store: [/b, 0B, 512B] }';

function storedBy(steps: string, strategy: FixStrategy = clearWhenIdle, ...sets: string[]) {
  const scenario = smallScenario(
    'files={ /a: 1KiB, /b: 2KiB }',
    `workload={ app: [${steps}] }`,
    ...sets,
  );
  return storedSectors(scenario, strategy, ['/a', '/b']);
}

describe('the sectors that are stored to', () => {
  it('are each told once, of every file, however often and however deep', () => {
    const again = `{ repeat: { times: 2, every: 1s, do: [{ overwrite: [/b, 512B, 516B] }] } }`;
    expect(storedBy(`${STORE}, ${again}, ${STORE}, { store: [/a, 512B, 512B] }, sync`)).toEqual([
      { file: 1, from: 0, end: 1 },
      { file: 1, from: 1, end: 2 },
      { file: 1, from: 2, end: 3 },
      { file: 0, from: 1, end: 2 },
    ]);
  });

  it('do not do where contents are held elsewhere: private copies, and sums of blocks', () => {
    const without = SHIPPED.filter((strategy) => storedBy(STORE, strategy) === undefined);
    expect(without.map(({ name }) => name).sort()).toEqual([
      'bounce-copy',
      'checksum-compare',
      'copy-on-store',
    ]);
  });

  it('do not do where the legs differ at first', () => {
    expect(storedBy(STORE, clearWhenIdle, 'mirror.initially=out-of-sync')).toBeUndefined();
  });

  it.each([
    ['leaves the version of its first sector', '{ overwrite: [/b, 4B, 512B] }'],
    ['leaves some of the version of its last sector', '{ overwrite: [/b, 0B, 515B] }'],
    ['makes the file longer', '{ overwrite: [/b, 1KiB, 2KiB] }'],
    ['is of a file that is not there at boot', '{ create: /c }, { append: [/c, 512B] }'],
    ['goes round memory', '{ direct: [/b, 0B, 512B] }'],
  ])('do not do where a write %s', (_, steps) => {
    expect(storedBy(steps)).toBeUndefined();
  });
});
