/** Disks and records of crashed mirrors, damaged: recovery, fsck, the steps after it, the judge. */
import fc from 'fast-check';
import { divergenceIn } from '../../../src/aftermath/divergence.js';
import { judge } from '../../../src/aftermath/judge.js';
import { recover } from '../../../src/aftermath/recover.js';
import { check, preen, repair } from '../../../src/ext2/fsck/check.js';
import type { CheckReport, ProblemCode } from '../../../src/ext2/fsck/problems.js';
import { crashAt, type Crash } from '../../../src/lab/crash.js';
import { experiment } from '../../../src/lab/experiment.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { Outcome } from '../../../src/lab/outcome.js';
import type { CrashImage } from '../../../src/media/crash-image.js';
import { SECTOR_BYTES } from '../../../src/media/geometry.js';
import { denseCopyOf, OverlaidSectors, type DenseSectors } from '../../../src/media/sectors.js';
import { jsonText, runJson } from '../../../src/report/run-json.js';
import { runText } from '../../../src/report/run-text.js';
import type { Run } from '../../../src/report/view.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { SHIPPED } from '../../../src/strategies/shipped.js';
import { smallScenario } from '../../support/small-scenario.js';
import { fitToShow, VIEW } from '../fit-to-show.js';
import { kind, type Answer } from '../kind.js';

const WORK =
  '{ one: [{ create: /a }, { append: [/a, 40KiB] }, { create: /b }, { fsync: /a }, { append: [/b, 300B] }, sync, { unlink: /a }, { create: /c }, { append: [/c, 9KiB] }, { fsync: /c }] }';

interface Crashed extends Crash {
  /** Of the run, but for what the crash did. */
  readonly outcome: Outcome;
}

/** One for each strategy, so that each kind of record is among them. */
function crashes(): readonly Crashed[] {
  return SHIPPED.map((strategy, n) => {
    const scenario = smallScenario(
      `workload=${WORK}`,
      'preemption={ uniform: [0us, 3ms] }',
      `filesystem.blockSize=${n % 2 === 0 ? '1KiB' : '4KiB'}`,
      `filesystem.size=${n % 2 === 0 ? '256KiB' : '512KiB'}`,
    );
    const lab = laboratory(scenario, strategy);
    lab.world.reset(seeded(`${n}`));
    const crash = crashAt(lab, instantOf((n + 1) * 900e6));
    return { ...crash, outcome: experiment(lab, () => seeded(`${n}`)) };
  });
}

const OPS = ['flip', 'word', 'sector', 'copy', 'tail', 'record', 'record-tail'] as const;

/** Numbers that are edges of sizes, pointers and counts. */
const WORDS = [0, 1, 2, 11, 12, 127, 255, 256, 1024, 0x7fff, 0xffff, 2 ** 24, 2 ** 31 - 1];
const LARGE = [2 ** 31, 2 ** 32 - 1, 2 ** 32 - 512];

const damage = fc.record({
  op: fc.constantFrom(...OPS),
  leg: fc.nat(1),
  /** The tables stand at the beginning, and most that matters is there. */
  sector: fc.oneof(fc.nat(60), fc.nat(2 ** 20)),
  other: fc.nat(2 ** 20),
  byte: fc.nat(511),
  value: fc.oneof(fc.constantFrom(...WORDS, ...LARGE), fc.nat(600)),
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

const STEPS = [
  ...[{ do: 'fsck' }, { do: 'create', path: '/n' }, { do: 'append', path: '/n', bytes: 3000 }],
  ...[{ do: 'read', path: '/c' }, { do: 'unlink', path: '/b' }, { do: 'remount' }],
] as const;

export const IMAGES = kind('disk images', () => {
  const all = crashes();
  return {
    inputs: fc.record({
      crash: fc.nat(all.length - 1),
      damages: fc.array(damage, { minLength: 1, maxLength: 6 }),
      /** Steps before the fsck: a file system in use that nobody has checked. */
      from: fc.nat(STEPS.length - 1),
      remove: fc.nat(2),
    }),
    judge({ crash, damages, from, remove }) {
      const { image, promises, applicationsSectors, outcome } = all[crash]!;
      const damaged = damagedBy(image, damages);
      const { image: recovered } = recover(damaged);
      const steps = [...STEPS.slice(from), ...STEPS.slice(0, from)];
      const removed = remove === 2 ? [] : [{ do: 'remove', leg: remove } as const];
      const found = judge(recovered, promises, [...removed, ...steps], applicationsSectors);
      for (const line of found.aftermath.flatMap(({ lines }) => lines)) {
        if (line.length > 2_000) throw new Error(`a line of ${line.length} characters`);
      }
      const divergence = divergenceIn(recovered, found.divergence);
      const run: Run = { ...outcome, ...found, divergence, repeat: 'npx desync' };
      fitToShow(runText(run, undefined, VIEW));
      fitToShow(jsonText(runJson(run)));
      return recovered.legs.map((leg) => checked(denseCopyOf(leg)))[0]!;
    },
  };
});

function damagedBy(image: CrashImage, damages: readonly Damage[]): CrashImage {
  const legs = image.legs.map(denseCopyOf);
  const bytes = image.record.bytes.slice();
  for (const one of damages) damageOnce(legs[one.leg]!, bytes, one);
  return { ...image, legs, record: { ...image.record, bytes } };
}

function damageOnce(disk: DenseSectors, record: Uint8Array, one: Damage): void {
  const { op, other, byte, value } = one;
  const sector = one.sector % disk.count;
  const { pool } = disk;
  switch (op) {
    case 'flip':
    case 'word': {
      const bytes = pool.view(disk.get(sector)).slice();
      const at = op === 'word' ? byte & ~3 : byte;
      if (op === 'flip') bytes[at]! ^= 1 << (value % 8);
      else new DataView(bytes.buffer).setUint32(at, value, true);
      disk.set(sector, pool.intern(bytes));
      return;
    }
    case 'sector':
      disk.set(sector, pool.intern(new Uint8Array(SECTOR_BYTES).fill(value)));
      return;
    case 'copy':
      disk.set(sector, disk.get(other % disk.count));
      return;
    case 'tail':
      disk.values.fill(0, sector);
      return;
    case 'record':
      if (record.length > 0) record[(sector * 512 + byte) % record.length] = value;
      return;
    case 'record-tail':
      record.fill(value, record.length === 0 ? 0 : (sector * 512 + byte) % record.length);
  }
}

/** What our fsck says that it leaves out. */
const NOT_REPAIRED: readonly ProblemCode[] = [
  'superblock-unreadable',
  'cannot-clone',
  'cannot-fill-hole',
  'cannot-make-root',
  'cannot-reconnect',
];

/** What was repaired is clean; what could not be is told, and stays so. */
function checked(disk: DenseSectors): Answer {
  const before = disk.values.slice();
  const found = check(disk);
  if (!before.every((value, n) => value === disk.values[n])) throw new Error('check changed it');
  agrees('preen', preen(new OverlaidSectors(disk)), found);
  const mended = new OverlaidSectors(disk);
  const report = repair(mended);
  agrees('repair', report, found);
  if (report.verdict === 'left') {
    const stays = report.problems.some(({ code }) => NOT_REPAIRED.includes(code));
    if (!stays) throw new Error(`left unrepaired: ${textOf(report)}`);
    return 'refused';
  }
  const again = check(mended);
  if (again.verdict !== 'clean') throw new Error(`repaired, but then: ${textOf(again)}`);
  return 'right';
}

function agrees(what: string, { verdict }: CheckReport, found: CheckReport): void {
  if (found.verdict === 'clean' && verdict === 'left') {
    throw new Error(`${what} left something where a check found nothing`);
  }
}

function textOf({ problems }: CheckReport): string {
  return problems.map(({ text }) => text).join('; ');
}
