import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { ownersOf } from '../../../src/ext2/owners.js';
import { spied } from '../../support/spied-strategy.js';
import { only, tell, type Of } from '../../support/told.js';
import { toldBy } from '../../support/watched-run.js';

const MS = 1e6;

/**
 * Overwrites of pages of /a, 4 KiB apart, each at its own time and followed by fsync: page n is
 * region n of the file.
 */
function writesAt(times: readonly number[], log: string, ...sets: readonly string[]): Scenario {
  const racers = times.map(
    (ms, n) => `w${n}: [{ sleep: ${ms}ms }, { overwrite: [/f${n}, 0B, 4KiB] }, { fsync: /f${n} }]`,
  );
  const made = times.map((_, n) => `{ create: /f${n} }, { append: [/f${n}, 4KiB] }`).join(', ');
  return smallScenario(
    'duration=20s',
    'filesystem={ type: ext2, blockSize: 4KiB, size: 1MiB }',
    `mirror.log=${log}`,
    `workload={ makes: [${made}, sync], ${racers.join(', ')} }`,
    ...sets,
  );
}

const LATE = 10_000;

function dataRegion(run: ReturnType<typeof tell>, file: string): number {
  const write = only(run.all, 'submitted').find(
    ({ sector }) => run.nameOf(sector) === `data of ${file}, block 0`,
  );
  return (write?.sector ?? 0) / 8;
}

describe('kmirrord', () => {
  it('makes the mark durable, then hands the write to leg 0, then to leg 1', () => {
    const run = tell(writesAt([LATE], drive('10ms', '40ms')));
    const region = dataRegion(run, '/f0');
    const marked = only(run.all, 'log-landed')
      .filter((one) => one.marked.includes(region))
      .at(-1);
    const begun = only(run.all, 'transfer').filter(
      ({ at, sector }) => at > LATE * MS && sector === region * 8,
    );
    const submitted = only(run.all, 'submitted').find(
      ({ at, sector }) => at >= LATE * MS && sector === region * 8,
    );
    expect((marked?.at ?? 0) - (submitted?.at ?? 0)).toBeGreaterThanOrEqual(50 * MS);
    expect(begun.map(({ leg }) => leg)).toEqual([0, 1]);
    // 3 ms of plugging, and between the legs the time that kmirrord takes.
    expect((begun[0]?.at ?? 0) - (marked?.at ?? 0)).toBe(3 * MS);
    const between = (begun[1]?.at ?? 0) - (begun[0]?.at ?? 0);
    expect(between).toBeGreaterThanOrEqual(0.02 * MS);
    expect(between).toBeLessThanOrEqual(0.4 * MS);
  });

  it('writes the log once to mark and once to clear an isolated write, at once after its completion', () => {
    const run = tell(writesAt([LATE], drive('10ms', '40ms')));
    const region = dataRegion(run, '/f0');
    const late = run.all.filter(({ at }) => at >= LATE * MS);
    const log = only(late, 'log-landed').filter((one) =>
      [...one.marked, ...one.cleared].includes(region),
    );
    expect(log.map(({ marked }) => marked.includes(region))).toEqual([true, false]);
    const completed = only(late, 'completed').find(({ sector }) => sector === region * 8);
    const delay = (log[1]?.at ?? 0) - (completed?.at ?? 0);
    expect(delay).toBeGreaterThanOrEqual(50 * MS);
    expect(delay).toBeLessThan(150 * MS);
  });

  it('does nothing else while it waits for the log', () => {
    const run = tell(writesAt([LATE, LATE + 100], drive('0ms', '500ms')));
    const begun = (file: string): number =>
      only(run.all, 'transfer').find(
        ({ at, sector }) => at > LATE * MS && sector === dataRegion(run, file) * 8,
      )?.at ?? 0;
    expect(begun('/f0')).toBeGreaterThanOrEqual((LATE + 500) * MS);
    expect(begun('/f1')).toBeGreaterThanOrEqual((LATE + 1000) * MS);
  });

  it('clears what has drained before it marks what is new: never in one write of the log', () => {
    const busy =
      'workload={ one: [{ create: /a }, { repeat: { every: 1ms, do: [{ append: [/a, 100B] }, { fsync: /a }] } }],' +
      ' two: [{ create: /b }, { repeat: { every: 2ms, do: [{ append: [/b, 100B] }, { fsync: /b }] } }] }';
    const log = only(tell(smallScenario('duration=5s', busy)).all, 'log-landed');
    expect(log.filter(({ marked, cleared }) => marked.length > 0 && cleared.length > 0)).toEqual(
      [],
    );
    expect(log.filter(({ marked }) => marked.length > 0).length).toBeGreaterThan(50);
    expect(log.filter(({ cleared }) => cleared.length > 0).length).toBeGreaterThan(50);
    const passes = log.map(({ marked }) => (marked.length > 0 ? 'm' : 'c')).join('');
    expect(passes).toContain('cm');
  });

  it('hands a region to no log write while it stays dirty', () => {
    const held = 'mirror.regionSize=1MiB';
    const run = tell(
      writesAt(
        [LATE, LATE + 1],
        drive('0ms', '1ms'),
        held,
        `mirror.legs=[${drive('1ms', '300ms')}, ${drive('1ms', '300ms')}]`,
      ),
    );
    const marks = only(run.all, 'log-landed').filter(
      ({ at, marked }) => at > LATE * MS && marked.length > 0,
    );
    expect(marks).toHaveLength(1);
  });

  it.each([2, 3, 9])('writes to all of %i legs and completes with the slowest', (legs) => {
    const drives = Array.from({ length: legs }, (_, n) => drive('1ms', `${10 + 20 * n}ms`)).join(
      ', ',
    );
    const run = tell(writesAt([LATE], drive('1ms', '1ms'), `mirror.legs=[${drives}]`));
    const sector = dataRegion(run, '/f0') * 8;
    const late = run.all.filter(
      (one) => one.at > LATE * MS && 'sector' in one && one.sector === sector,
    );
    const landed: Of<'landed'>[] = only(late, 'landed');
    expect(landed.map(({ leg }) => leg)).toEqual(Array.from({ length: legs }, (_, n) => n));
    expect(only(late, 'completed').map(({ at }) => at)).toEqual([landed.at(-1)?.at]);
  });
});

describe('a write for which the record has no room', () => {
  /** Long after the files were made, on legs this slow. */
  const AT = 101_000;
  const ENOUGH = 60;

  /** Pages of three regions at once, of which so many may be marked. */
  const begun = (mostMarked: number): number[] => {
    const slow = `mirror.legs=[${drive('1ms', '2s')}, ${drive('1ms', '2s')}]`;
    const { lab } = spied(writesAt([AT, AT, AT], drive('1ms', '1ms'), slow, 'duration=200s'), {
      mostMarked,
    });
    const all = toldBy(lab);
    expect(lab.world.prices.mirror.writesHeld > 0).toBe(mostMarked < ENOUGH);
    const owners = ownersOf(lab.world.memory, lab.layout);
    const sectors = only(all, 'submitted')
      .filter(({ at, sector }) => at === AT * MS && owners.ofSector(sector).startsWith('data of'))
      .map(({ sector }) => sector);
    expect(sectors).toHaveLength(3);
    return only(all, 'transfer')
      .filter(({ at, leg, sector }) => at >= AT * MS && leg === 0 && sectors.includes(sector))
      .map(({ at }) => at / MS - AT);
  };

  it('waits until one of those that are marked has drained, and then goes', () => {
    const [first, second, third] = begun(2);
    expect(first).toBeLessThan(100);
    // The disk is free after two seconds; the third write could not even be handed to it before.
    expect(second).toBeLessThan(2_100);
    expect(third).toBeGreaterThan(2_000);
    expect(begun(1)).toHaveLength(3);
  });

  it('does not wait where there is room', () => {
    expect(begun(ENOUGH)).toHaveLength(3);
  });
});
