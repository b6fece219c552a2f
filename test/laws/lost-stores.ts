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

/** fsync() has its page under write from 1 s to 1,009 ms; nobody stores to it after that. */
const INTO_A_PAGE_UNDER_WRITE =
  '{ one: [{ create: /a }, { append: [/a, 512B] }, { at: 1s }, { fsync: /a }], two: [{ at: 1008ms }, { store: [/a, 0B, 512B] }] }';

/**
 * Both inodes stand in one block. fsync() has it under write from 34.9 s on; at 35 s pdflush stores
 * the other one into it, and passes over it.
 */
const INTO_A_TABLE_UNDER_WRITE =
  '{ one: [{ at: 2s }, { create: /a }, { append: [/a, 512B] }, { at: 34900ms }, { fsync: /a }], two: [{ at: 2s }, { create: /b }, { append: [/b, 512B] }] }';
const SLOW = drive('1ms', '300ms');

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

/** One store falls into a write, of a page or of a block of inodes, and none comes after. */
export function underWriteBenches(): Bench[] {
  return [
    [
      'one store, into a page under write',
      smallScenario('duration=90s', `workload=${INTO_A_PAGE_UNDER_WRITE}`),
    ],
    [
      'pdflush, into inodes under write',
      smallScenario(
        'duration=120s',
        `mirror.legs=[${SLOW}, ${SLOW}]`,
        `workload=${INTO_A_TABLE_UNDER_WRITE}`,
      ),
    ],
  ];
}
