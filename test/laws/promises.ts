/** What fsync has promised is on the default leg after every crash and its recovery. */
import { recover } from '../../src/aftermath/recover.js';
import { INODE_LINKS } from '../../src/ext2/inodes.js';
import type { Layout } from '../../src/ext2/layout.js';
import { NOT_PROMISED, type FsyncPromise } from '../../src/ext2/promise.js';
import { inodeOf, sectorsOf, sizeOf } from '../../src/ext2/tree.js';
import { crashAt } from '../../src/lab/crash.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Sectors } from '../../src/media/sectors.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';
import { only } from '../support/told.js';
import { toldBy } from '../support/watched-run.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import type { Bench } from './benches.js';

const LEG = drive('{ uniform: [0ms, 4ms] }', '{ uniform: [1ms, 9ms] }', '50us');

/** Two threads fsync what they and a third one store into mappings, most of it without a fault. */
const MAPPED = `{
  one: [{ create: /a }, { append: [/a, 9KiB] }, { repeat: { every: { uniform: [5ms, 60ms] }, do: [
    { store: [/a, 512B, 6KiB] }, { store: [/a, 1KiB, 1KiB] }, { append: [/a, 100B] }, { fsync: /a }] } }],
  two: [{ create: /b }, { append: [/b, 15KiB] }, { fsync: /b }, { repeat: { every: { uniform: [5ms, 90ms] }, do: [
    { store: [/b, 9KiB, 5KiB] }, { fsync: /b }, { store: [/b, 1KiB, 1KiB] }, { overwrite: [/b, 2KiB, 1KiB] }] } }],
  three: [{ at: 500ms }, { repeat: { every: { uniform: [0ms, 40ms] }, do: [{ store: [/a, 3KiB, 2KiB] }] } }]
}`;

/** What is promised of an O_DIRECT write whose buffer changed is what the default leg sampled. */
const DIRECT = `{
  one: [{ create: /a }, { append: [/a, 9KiB] }, { repeat: { every: { uniform: [5ms, 60ms] }, do: [
    { direct: [/a, 512B, 6KiB] }, { append: [/a, 100B] }, { fsync: /a }] } }],
  two: [{ at: 500ms }, { repeat: { every: { uniform: [5ms, 90ms] }, do: [{ fsync: /a }, { overwrite: [/a, 3KiB, 700B] }] } }],
  three: [{ repeat: { every: { uniform: [0ms, 9ms] }, do: [{ scribble: [/a, 1KiB, 4KiB] }] } }]
}`;

/**
 * Two applications keep two files up to date; one of them also stores into the file of the other.
 */
export function promiseBenches(): Bench[] {
  const of = (...sets: readonly string[]): Scenario =>
    smallScenario(
      'duration=8s',
      'preemption={ uniform: [0us, 2ms] }',
      `mirror.legs=[${LEG}, ${LEG}, ${LEG}]`,
      'workload={ one: [{ create: /a }, { append: [/a, 6KiB] }, { repeat: { every: { uniform: [5ms, 60ms] }, do: [{ overwrite: [/a, 512B, 2KiB] }, { append: [/a, 100B] }, { fsync: /a }] } }],' +
        ' two: [{ create: /b }, { append: [/b, 15KiB] }, { fsync: /b }, { repeat: { every: { uniform: [5ms, 90ms] }, do: [{ overwrite: [/b, 9KiB, 5KiB] }, { fsync: /b }, { overwrite: [/a, 3KiB, 1KiB] }] } }] }',
      ...sets,
    );
  return [
    ['1 KiB blocks', of()],
    ['4 KiB blocks', of('filesystem.blockSize=4KiB')],
    ['stores into mappings', of(`workload=${MAPPED}`)],
    ['stores into mappings, 4 KiB blocks', of('filesystem.blockSize=4KiB', `workload=${MAPPED}`)],
    ['buffers that change under O_DIRECT', of(`workload=${DIRECT}`)],
    ['a first recovery', of('mirror.initially=out-of-sync')],
  ];
}

export interface Kept {
  readonly broken: readonly string[];
  /** Sectors that were looked at. */
  readonly promised: number;
}

/** Crashes a run sixty times. */
export function brokenPromises(scenario: Scenario, strategy: FixStrategy, seed: string): Kept {
  const lab = laboratory(scenario, strategy);
  const pick = dice(5);
  // A call begins when the one before it, often an fsync, has returned.
  const calls = only(toldBy(lab, seed), 'step').map(({ at }) => at as number);
  const instants = Array.from({ length: 60 }, (_ignored, n) =>
    n % 2 === 0 ? pick(scenario.duration) : calls[pick(calls.length)]!,
  );
  const broken: string[] = [];
  let promised = 0;
  lab.world.reset(seeded(seed));
  for (const at of instants.sort((a, b) => a - b)) {
    const { image, promises } = crashAt(lab, instantOf(at));
    const { legs, defaultLeg } = recover(image).image;
    for (const promise of promises) {
      promised += promise.sectors.filter((value) => value !== NOT_PROMISED).length;
      const found = brokenOn(legs[defaultLeg]!, lab.layout, promise);
      broken.push(...found.map((what) => `${at} ns: ${promise.path}: ${what}`));
    }
  }
  return { broken, promised };
}

/** What of a promise a disk does not hold. */
function brokenOn(disk: Sectors, layout: Layout, promise: FsyncPromise): string[] {
  const inode = inodeOf(disk, layout, promise.ino);
  if (inode[INODE_LINKS] === 0) return [`inode ${promise.ino} is gone`];
  if (sizeOf(inode) < promise.size) return [`inode ${promise.ino} has ${sizeOf(inode)} bytes`];
  const sectors = sectorsOf(disk, layout, inode);
  return [...promise.sectors.entries()].flatMap(([n, value]) =>
    value === NOT_PROMISED || disk.get(sectors[n]!) === value ? [] : [`sector ${n}`],
  );
}
