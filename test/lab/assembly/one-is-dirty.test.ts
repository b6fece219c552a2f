import { describe, expect, it } from 'vitest';
import { baseOf } from '../../../src/lab/base.js';
import type { Conditions } from '../../../src/lab/conditions.js';
import { groundOf } from '../../../src/lab/assembly/ground.js';
import { dirtiesIn } from '../../../src/lab/assembly/one-is-dirty.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../../support/small-scenario.js';

const FREE: Conditions = { timing: 'free', levels: 2, isBounded: true };
const STORE = '{ store: [/a, 0B, 512B] }';

function dirtied(steps: string, conditions = FREE, ...sets: string[]): boolean[] {
  const scenario = smallScenario(
    'files={ /a: 1KiB, /b: 1KiB }',
    'fileTimes=stay',
    `workload={ one: [${steps}], other: [{ overwrite: [/a, 512B, 512B] }] }`,
    ...sets,
  );
  const ground = groundOf(scenario, clearWhenIdle, conditions, baseOf(scenario));
  const { oneIsDirty, pagesTellAll } = dirtiesIn(ground);
  return [oneIsDirty, pagesTellAll];
}

describe('one inode alone can be dirty', () => {
  it('where all that happens is stores within one file, and its pages tell all of it', () => {
    expect(dirtied(`${STORE}, sync, { sleep: 1s }, ${STORE}`)).toEqual([true, true]);
  });

  it('in time as well, and where each step counts; but there its pages do not tell all', () => {
    expect(dirtied(STORE, { ...FREE, timing: 'scenario' })).toEqual([true, false]);
    expect(dirtied(STORE, { ...FREE, stepByStep: true })).toEqual([true, false]);
  });

  it('where fsync() is called, however deep; but it sees more than pages', () => {
    const deep = '{ repeat: { every: 1s, times: 2, do: [{ fsync: /a }] } }';
    expect(dirtied(`${STORE}, { fsync: /a }`)).toEqual([true, false]);
    expect(dirtied(`${STORE}, ${deep}`)).toEqual([true, false]);
  });

  it.each([
    ['two files are stored to', '{ store: [/b, 0B, 512B] }'],
    ['the file gets longer', '{ overwrite: [/a, 1KiB, 1B] }'],
    ['it gets longer in a loop', '{ repeat: { every: 1s, do: [{ append: [/a, 1B] }] } }'],
    ['a file is made', '{ create: /c }'],
  ])('but not where %s', (_, steps) => {
    expect(dirtied(steps)).toEqual([false, false]);
  });

  it('but not where time stamps change', () => {
    expect(dirtied(STORE, FREE, 'fileTimes=change')).toEqual([false, false]);
  });
});
