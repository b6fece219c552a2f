import { describe, expect, it } from 'vitest';
import { takesAlone } from '../../../src/lab/assembly/takes-alone.js';
import { smallScenario } from '../../support/small-scenario.js';

const STORE = '{ overwrite: [/a, 0B, 512B] }';

function isAlone(workload: string, ...sets: readonly string[]): boolean {
  return takesAlone(
    smallScenario(
      'fileTimes=stay',
      'files={ /a: 1KiB, /b: 1KiB }',
      `workload={ ${workload} }`,
      ...sets,
    ),
  );
}

describe('a process that takes memory', () => {
  it('is alone beside stores into one file, its own or those of others', () => {
    expect(isAlone(`one: [${STORE}, { use: 1MiB }, ${STORE}]`)).toBe(true);
    expect(isAlone(`one: [{ use: 1MiB }, { use: 1MiB }], other: [${STORE}]`)).toBe(true);
  });

  it('is not where another takes some, where any is given back, or where it is taken in rounds', () => {
    expect(isAlone(`one: [{ use: 1MiB }], other: [{ use: 1MiB }, ${STORE}]`)).toBe(false);
    expect(isAlone(`one: [{ use: 1MiB }, { release: 1MiB }, ${STORE}]`)).toBe(false);
    expect(isAlone(`one: [{ use: 1MiB }], other: [{ release: 1MiB }]`)).toBe(false);
    const rounds = '{ repeat: { every: 1s, times: 2, do: [{ use: 1MiB }] } }';
    expect(isAlone(`one: [{ use: 1MiB }, ${rounds}, ${STORE}]`)).toBe(false);
  });

  it('is not where the file system stores as well', () => {
    expect(isAlone(`one: [{ use: 1MiB }, ${STORE}]`, 'fileTimes=change')).toBe(false);
    expect(isAlone('one: [{ use: 1MiB }, { append: [/a, 1KiB] }]')).toBe(false);
    expect(isAlone(`one: [{ use: 1MiB }, ${STORE}, { overwrite: [/b, 0B, 512B] }]`)).toBe(false);
  });
});
