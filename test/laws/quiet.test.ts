import { describe, expect, it } from 'vitest';
import { testBit } from '../../src/ext2/bitmap.js';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import { toResync } from '../../src/media/record.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { toldBy } from '../support/watched-run.js';
import { casesOf, type Bench } from './benches.js';

/** Rounds of work that end, one `sync` after all of it, and calls that would hang on a mutex that was left behind. */
const WORK = `{
  one: [{ create: /a }, { create: /b }, { repeat: { every: { uniform: [0ms, 700ms] }, times: 40, do: [
      { append: [/a, 700B] }, { overwrite: [/b, 0B, 900B] }, { store: [/b, 0B, 600B] }, { direct: [/b, 0B, 512B] }, { fsync: /a }, { unlink: /a }, { create: /a }] } },
    { sleep: 60s }, sync, { fsync: /a }, { fsync: /b }, { fsync: /a }, { fsync: /b }, { create: /a }, { create: /a }, { sleep: 1s }],
  two: [{ create: /b }, { create: /c }, { repeat: { every: { uniform: [0ms, 900ms] }, times: 30, do: [
      { append: [/b, 300B] }, { append: [/c, 2KiB] }, { fsync: /b }, sync, { unlink: /c }, { create: /c }] } }]
}`;

const LEG = drive('{ uniform: [0ms, 5ms] }', '{ uniform: [1ms, 9ms] }', '100us');

function benches(): Bench[] {
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

function afterRun(lab: Laboratory, seed: string): void {
  lab.world.reset(seeded(seed));
  lab.world.runTo(instantOf(lab.scenario.duration - 1));
}

/** Whether the block's bit is set, in memory. */
function isUsed({ layout, world }: Laboratory, block: number): boolean {
  if (block < layout.firstDataBlock) return false;
  const group = layout.groupOfBlock(block);
  const bitmap = layout.sectorOfBlock(layout.blockBitmapOf(group));
  return testBit(world.memory, bitmap, block - layout.firstBlockOf(group));
}

/** Events in the hundred seconds after the run: what a quiet machine still does. */
function stillDue(lab: Laboratory): number {
  const { world } = lab;
  const before = world.events;
  world.runTo(instantOf(world.now + 100e9));
  return world.events - before;
}

describe('no crash: once all is written back undisturbed', () => {
  const cases = casesOf('quiet', benches());

  it.each(cases)('%s, %s: the legs agree', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    for (const seed of ['1', '2', '3', '4']) {
      afterRun(lab, seed);
      expect(mismatchesOf(lab.world.crash())).toEqual([]);
    }
  });

  it.each(cases)('%s, %s: they hold what memory holds', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    afterRun(lab, '5');
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
    expect(unwritten).toEqual([]);
    expect(inUse.length).toBeGreaterThan(10);
  });

  it.each(cases)('%s, %s: nothing is left to do', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    afterRun(lab, '6');
    expect(stillDue(lab)).toBe(0);
  });

  it.each(cases)(
    '%s, %s: every request has completed and every call returned',
    (_, __, scenario, strategy) => {
      const told = toldBy(laboratory(scenario, strategy), '7');
      const under = new Set<number>();
      for (const happening of told) {
        if (happening.kind === 'submitted') under.add(happening.request);
        if (happening.kind === 'completed') under.delete(happening.request);
      }
      expect([...under]).toEqual([]);
      const last = told.filter(({ kind, actor }) => kind === 'step' && actor === 'one').slice(-6);
      expect(last.map((step) => ('what' in step ? step.what : ''))).toEqual([
        'fsync /a',
        'fsync /b',
        'fsync /a',
        'fsync /b',
        'create /a',
        'create /a',
      ]);
    },
  );
});

describe('what is quiet is clean', () => {
  it.each(casesOf('what is quiet is clean', benches()))('%s: %s', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    afterRun(lab, '8');
    expect(toResync(lab.world.crash().record)).toEqual([]);
  });
});

describe('what was written stays marked', () => {
  const kept = benches().filter(([, { mirror }]) => mirror.initially === 'in-sync');

  it.each(kept)('mark-until-unmount: %s', (_, scenario) => {
    const lab = laboratory(scenario, markUntilUnmount);
    const perRegion = scenario.mirror.regionBytes / 512;
    const written = new Set<number>();
    for (const told of toldBy(lab, '9')) {
      if (told.kind === 'submitted') written.add(Math.floor(told.sector / perRegion));
    }
    expect(toResync(lab.world.crash().record)).toEqual([...written].sort((a, b) => a - b));
  });
});
