import { describe, expect, it } from 'vitest';
import { BlockSums } from '../../../src/machine/mirror/block-sums.js';
import { geometryOf } from '../../../src/media/geometry.js';
import { Requests } from '../../../src/media/requests.js';
import { watchedArena } from '../../sim/watched-arena.js';

/** Four regions of a page; blocks of two sectors. */
class Bench {
  readonly banks = watchedArena();
  readonly memory = new Int32Array(32);
  readonly requests = new Requests(8, this.banks.state);
  readonly sums = new BlockSums(
    {
      geometry: geometryOf(32, 8, 2),
      requests: this.requests,
      memory: this.memory,
      sectorsPerBlock: 2,
    },
    this.banks,
  );

  submit(sector: number, sectors: number): number {
    const request = this.requests.take(sector, sectors, 1);
    this.sums.submitted(request);
    return request;
  }

  complete(request: number): void {
    this.sums.completed(request);
    this.requests.release(request);
  }

  /** A write during which these sectors change. */
  write(sector: number, sectors: number, ...changed: readonly number[]): void {
    const request = this.submit(sector, sectors);
    for (const one of changed) this.memory[one]!++;
    this.complete(request);
  }

  changed(): number[] {
    return [0, 1, 2, 3].filter((region) => this.sums.hasChanged(region));
  }
}

describe('the sums of blocks', () => {
  it('are equal when nothing changed, and unequal when any sector did', () => {
    const bench = new Bench();
    bench.write(8, 4);
    expect(bench.changed()).toEqual([]);
    for (const sector of [16, 17, 22, 23]) {
      const other = new Bench();
      other.write(16, 8, sector);
      expect(other.changed()).toEqual([2]);
    }
  });

  it('say nothing of what changed outside of the write, before it or after it', () => {
    const bench = new Bench();
    bench.memory[8] = 7;
    bench.write(8, 4, 7, 12);
    bench.memory[9] = 7;
    expect(bench.changed()).toEqual([]);
  });

  it('miss a block that changed and changed back: the legs may differ all the same', () => {
    const bench = new Bench();
    const request = bench.submit(8, 4);
    bench.memory[9] = 5;
    bench.memory[9] = 0;
    bench.complete(request);
    expect(bench.changed()).toEqual([]);
  });

  it('stay unequal until that block was written undisturbed, whatever else was', () => {
    const bench = new Bench();
    bench.write(8, 4, 9);
    bench.write(10, 4);
    expect(bench.changed()).toEqual([1]);
    bench.write(8, 2, 8);
    expect(bench.changed()).toEqual([1]);
    bench.write(8, 2);
    expect(bench.changed()).toEqual([]);
  });

  it('stay unequal when only the rest of the block was written undisturbed', () => {
    const bench = new Bench();
    bench.write(8, 1, 8);
    bench.write(9, 1);
    expect(bench.changed()).toEqual([1]);
    bench.write(8, 2);
    expect(bench.changed()).toEqual([]);
  });

  it('count each changed block of a region', () => {
    const bench = new Bench();
    bench.write(8, 8, 8, 12);
    bench.write(8, 2);
    expect(bench.changed()).toEqual([1]);
    bench.write(12, 2);
    expect(bench.changed()).toEqual([]);
  });

  it('belong to the write that is under way: several at once do not meet', () => {
    const bench = new Bench();
    const one = bench.submit(0, 8);
    const other = bench.submit(24, 8);
    bench.memory[30] = 1;
    bench.complete(one);
    bench.complete(other);
    expect(bench.changed()).toEqual([3]);
  });

  it('are two for each block that a write touches, parts of blocks included', () => {
    const bench = new Bench();
    bench.write(8, 4);
    expect(bench.sums.sums).toBe(4);
    bench.write(9, 2);
    expect(bench.sums.sums).toBe(8);
  });

  it('leave nothing behind but what is known to have changed', () => {
    const bench = new Bench();
    bench.memory.fill(3);
    const before = bench.banks.held();
    bench.write(0, 8, 4);
    bench.write(0, 8);
    const meters = bench.banks.held();
    meters[meters.length - 1] = [0];
    expect(meters).toEqual(before);
  });
});
