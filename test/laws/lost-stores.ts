/**
 * Work in which the last store to a block often falls into the write of that block: whoever forgets
 * what was dirtied meanwhile never writes it again. And legs that recover while they are written.
 */
import type { Scenario } from '../../src/scenario/scenario.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import type { Bench } from './benches.js';

const LEG = drive('{ uniform: [0ms, 5ms] }', '{ uniform: [1ms, 9ms] }', '50us');
const PAUSE = '{ uniform: [0ms, 9ms] }';
const PAGES = 40;

/** Two stores into each page of a mapping, and never again. */
const STORES = Array.from({ length: PAGES }, (_, page) => {
  const at = page * 4;
  return `{ store: [/b, ${at}KiB, 512B] }, { sleep: ${PAUSE} }, { store: [/b, ${at + 1}KiB, 1KiB] }`;
}).join(', ');

const WORK = `{
  one: [{ create: /a }, { repeat: { every: ${PAUSE}, times: 300, do: [{ append: [/a, 300B] }] } }, { at: 20s }, sync],
  two: [{ create: /b }, { append: [/b, ${PAGES * 4}KiB] }, sync, ${STORES}],
  three: [{ repeat: { every: { uniform: [0ms, 30ms] }, times: 150, do: [{ fsync: /a }, sync] } }]
}`;

/** All is quiet long before the end. */
export function lostStoreBenches(): Bench[] {
  const of = (...sets: readonly string[]): Scenario =>
    smallScenario(
      'duration=90s',
      'filesystem.size=1MiB',
      `workload=${WORK}`,
      'preemption={ uniform: [0us, 2ms] }',
      `mirror.legs=[${LEG}, ${LEG}]`,
      ...sets,
    );
  return [
    ['blocks of 1 KiB', of()],
    ['blocks of 4 KiB', of('filesystem.blockSize=4KiB')],
    ['while legs recover', of('mirror.initially=out-of-sync')],
    [
      'large regions, while legs recover',
      of('mirror.initially=out-of-sync', 'mirror.regionSize=64KiB'),
    ],
    [
      'memory that runs short',
      of('memory=16MiB', `workload=${WORK.replace('{', '{ hog: [{ use: 15700KiB }],')}`),
    ],
  ];
}
