/** What a machine that has nothing left to do must look like. */
import { testBit } from '../../src/ext2/bitmap.js';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { toResync } from '../../src/media/record.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { toldBy } from '../support/watched-run.js';
import type { Bench } from './benches.js';

/**
 * Rounds of work that end, one `sync` after all of it, and calls that would hang on a mutex that
 * was left behind.
 */
const WORK = `{
  one: [{ create: /a }, { create: /b }, { repeat: { every: { uniform: [0ms, 700ms] }, times: 40, do: [
      { append: [/a, 700B] }, { overwrite: [/b, 0B, 900B] }, { store: [/b, 0B, 600B] }, { direct: [/b, 0B, 512B] }, { fsync: /a }, { unlink: /a }, { create: /a }] } },
    { sleep: 60s }, sync, { fsync: /a }, { fsync: /b }, { fsync: /a }, { fsync: /b }, { create: /a }, { create: /a }, { sleep: 1s }],
  two: [{ create: /b }, { create: /c }, { repeat: { every: { uniform: [0ms, 900ms] }, times: 30, do: [
      { append: [/b, 300B] }, { append: [/c, 2KiB] }, { fsync: /b }, sync, { unlink: /c }, { create: /c }] } }]
}`;

const LEG = drive('{ uniform: [0ms, 5ms] }', '{ uniform: [1ms, 9ms] }', '100us');

export function quietBenches(): Bench[] {
  const of = (...sets: readonly string[]): Scenario =>
    smallScenario(
      'duration=150s',
      `workload=${WORK}`,
      'preemption={ uniform: [0us, 3ms] }',
      `mirror.legs=[${LEG}, ${LEG}, ${LEG}]`,
      ...sets,
    );
  return [
    ['1 KiB blocks', of()],
    ['4 KiB blocks', of('filesystem.blockSize=4KiB')],
    ['one region', of('mirror.regionSize=256KiB')],
    ['after a first recovery', of('mirror.initially=out-of-sync')],
  ];
}

/** Runs to the end of the scenario, when all has long been quiet. */
export function quietRun(scenario: Scenario, strategy: FixStrategy, seed: string): Laboratory {
  const lab = laboratory(scenario, strategy);
  runAgain(lab, seed);
  return lab;
}

export function runAgain({ world, scenario }: Laboratory, seed: string): void {
  world.reset(seeded(seed));
  world.runTo(instantOf(scenario.duration - 1));
}

/** Blocks in use of which the default leg does not hold what memory holds. */
export function unwrittenBlocks(lab: Laboratory): { unwritten: number[]; inUse: number } {
  const [leg] = lab.world.crash().legs;
  const { layout, world } = lab;
  const inUse = Array.from({ length: layout.blocksCount }, (_ignored, block) => block).filter(
    (block) => isUsed(lab, block),
  );
  const unwritten = inUse.filter((block) => {
    const from = layout.sectorOfBlock(block);
    return Array.from({ length: layout.sectorsPerBlock }, (_ignored, i) => from + i).some(
      (sector) => leg?.get(sector) !== world.memory.get(sector),
    );
  });
  return { unwritten, inUse: inUse.length };
}

/** Whether the block's bit is set, in memory. */
function isUsed({ layout, world }: Laboratory, block: number): boolean {
  if (block < layout.firstDataBlock) return false;
  const group = layout.groupOfBlock(block);
  const bitmap = layout.sectorOfBlock(layout.blockBitmapOf(group));
  return testBit(world.memory, bitmap, block - layout.firstBlockOf(group));
}

/** Events in the hundred seconds after the run: what a quiet machine still does. */
export function stillDue({ world }: Laboratory): number {
  const before = world.events;
  world.runTo(instantOf(world.now + 100e9));
  return world.events - before;
}

export interface Ends {
  /** Requests that were submitted and have not completed. */
  readonly underWay: readonly number[];
  /** The last calls of the application that goes on longest. */
  readonly lastCalls: readonly string[];
}

export function endsOf(scenario: Scenario, strategy: FixStrategy, seed: string): Ends {
  const told = toldBy(laboratory(scenario, strategy), seed);
  const under = new Set<number>();
  for (const happening of told) {
    if (happening.kind === 'submitted') under.add(happening.request);
    if (happening.kind === 'completed') under.delete(happening.request);
  }
  const last = told.filter(({ kind, actor }) => kind === 'step' && actor === 'one').slice(-6);
  return {
    underWay: [...under],
    lastCalls: last.map((step) => ('what' in step ? step.what : '')),
  };
}

export const LAST_CALLS = [
  'fsync /a',
  'fsync /b',
  'fsync /a',
  'fsync /b',
  'create /a',
  'create /a',
];

/** All of it at once. `mayStayMarked`: the strategy has a reason to keep a quiet region marked. */
export function unquiet(
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
  mayStayMarked: boolean,
): string[] {
  const { underWay, lastCalls } = endsOf(scenario, strategy, seed);
  const faults: string[] = [];
  if (underWay.length > 0) faults.push(`requests ${underWay.join()} have not completed`);
  if (lastCalls.join() !== LAST_CALLS.join()) faults.push(`the last call is ${lastCalls.at(-1)}`);
  const lab = quietRun(scenario, strategy, seed);
  const image = lab.world.crash();
  const differing = mismatchesOf(image);
  if (differing.length > 0) faults.push(`the legs differ in ${differing.length} sectors`);
  const { unwritten } = unwrittenBlocks(lab);
  if (unwritten.length > 0) faults.push(`blocks ${unwritten.join()} were never written back`);
  const marked = toResync(image.record);
  if (marked.length > 0 && !mayStayMarked) faults.push(`regions ${marked.join()} are marked`);
  const due = stillDue(lab);
  if (due > 0) faults.push(`${due} events more when all is quiet`);
  return faults;
}

/** Work that ended long ago: all legs hold what memory holds of every block in use. */
export function unwritten(scenario: Scenario, strategy: FixStrategy, seed: string): string[] {
  const lab = quietRun(scenario, strategy, seed);
  const faults: string[] = [];
  const differing = mismatchesOf(lab.world.crash());
  if (differing.length > 0) faults.push(`the legs differ in ${differing.length} sectors`);
  const { unwritten } = unwrittenBlocks(lab);
  if (unwritten.length > 0) faults.push(`blocks ${unwritten.join()} were never written back`);
  return faults;
}
