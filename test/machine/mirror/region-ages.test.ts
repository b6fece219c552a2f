import { describe, expect, it } from 'vitest';
import { RegionAges } from '../../../src/machine/mirror/region-ages.js';
import { Agenda, NOTHING_DUE } from '../../../src/sim/agenda.js';
import { durationOf, instantOf } from '../../../src/sim/time.js';
import { Answers, doorTo } from '../../sim/answers.js';
import { watchedArena, type WatchedArena } from '../../sim/watched-arena.js';

const AGES = 0;

/** Ages alone: `aged` holds each region that was told, and when. */
class Bench {
  readonly banks: WatchedArena = watchedArena();
  readonly agenda = new Agenda(1, this.banks.state, this.banks.clock, doorTo(new Answers()));
  readonly ages = new RegionAges(8, this.agenda, AGES, this.banks);
  readonly aged: string[] = [];

  constructor(told: (region: number) => void = () => undefined) {
    this.ages.attach((region) => {
      this.aged.push(`${region}@${this.agenda.now}`);
      told(region);
    });
  }

  wait(region: number, delay: number): void {
    this.ages.wait(region, durationOf(delay));
  }

  runTo(until: number): void {
    while (this.agenda.next(instantOf(until)) !== NOTHING_DUE) this.ages.step();
  }
}

describe('ages of regions', () => {
  it('come in the order in which they are due, whatever the order in which they were asked for', () => {
    const bench = new Bench();
    for (const [region, delay] of [
      [1, 50],
      [2, 10],
      [3, 90],
      [4, 30],
    ] as const) {
      bench.wait(region, delay);
    }
    bench.runTo(100);
    expect(bench.aged).toEqual(['2@10', '4@30', '1@50', '3@90']);
  });

  it('that are due together come in the order in which they were asked for', () => {
    const bench = new Bench();
    for (const region of [5, 0, 3]) bench.wait(region, 20);
    bench.wait(7, 5);
    bench.runTo(20);
    expect(bench.aged).toEqual(['7@5', '5@20', '0@20', '3@20']);
  });

  it('count from the last time that they were asked for', () => {
    const bench = new Bench();
    bench.wait(1, 50);
    bench.wait(2, 60);
    bench.runTo(40);
    bench.wait(1, 50);
    bench.runTo(1000);
    expect(bench.aged).toEqual(['2@60', '1@90']);
  });

  it('are forgotten with a write, be the region the first, in the midst or the last', () => {
    for (const [forgotten, left] of [
      [1, ['2@20', '3@30']],
      [2, ['1@10', '3@30']],
      [3, ['1@10', '2@20']],
    ] as const) {
      const bench = new Bench();
      for (const region of [1, 2, 3]) bench.wait(region, region * 10);
      bench.ages.forget(forgotten);
      bench.runTo(100);
      expect(bench.aged).toEqual(left);
    }
  });

  it('leave nothing on the agenda and nothing in memory when all are forgotten or told', () => {
    const bench = new Bench();
    const before = bench.banks.held();
    bench.wait(1, 10);
    bench.wait(2, 20);
    bench.ages.forget(2);
    bench.ages.forget(6);
    expect(bench.agenda.dueAt(AGES)).toBe(10);
    bench.ages.forget(1);
    expect(bench.agenda.isArmed(AGES)).toBe(false);
    bench.wait(4, 0);
    bench.runTo(0);
    expect(bench.aged).toEqual(['4@0']);
    expect(bench.banks.held()).toEqual(before);
  });

  it('may be asked for anew while they are told', () => {
    const bench: Bench = new Bench((region) => {
      if (bench.agenda.now < 30) bench.wait(region, 10);
    });
    bench.wait(1, 10);
    bench.wait(2, 25);
    bench.runTo(100);
    expect(bench.aged).toEqual(['1@10', '1@20', '2@25', '1@30', '2@35']);
  });
});
