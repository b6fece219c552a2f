import { describe, expect, it } from 'vitest';
import { PrivateCopies, TooManyCopies } from '../../../src/machine/mirror/private-copies.js';
import { Requests } from '../../../src/media/requests.js';
import { arena } from '../../../src/sim/arena.js';

const FROM = 5;
const PAGES = 4;

/** Sector s of memory holds s + 1; blocks of two sectors; room for four pages behind sector 5. */
class Bench {
  readonly #banks = arena();
  readonly memory = Int32Array.from({ length: 64 }, (_, sector) => sector + 1);
  readonly room = new Int32Array(FROM + PAGES * 8);
  readonly requests = new Requests(8, this.#banks.state);
  readonly copies = new PrivateCopies(
    {
      requests: this.requests,
      memory: this.memory,
      sectorsPerBlock: 2,
      copies: this.room,
      from: FROM,
    },
    this.#banks,
  );

  submit(sector: number, sectors: number): number {
    return this.requests.take(sector, sectors, 1);
  }

  copied(sector: number, sectors: number): number {
    const request = this.submit(sector, sectors);
    this.copies.copy(request);
    return request;
  }

  /** What the legs would read of a request. */
  read(request: number): number[] {
    const at = this.requests.copy[request]! - 1;
    return [...this.room.subarray(at, at + this.requests.sectors[request]!)];
  }

  /** The page of room in which the copy starts. */
  pageOf(request: number): number {
    return (this.requests.copy[request]! - 1 - FROM) / 8;
  }
}

describe('a private copy', () => {
  it('is memory as it was when the write was submitted', () => {
    const bench = new Bench();
    const request = bench.copied(8, 3);
    bench.memory.fill(0);
    expect(bench.read(request)).toEqual([9, 10, 11]);
    expect(bench.copies.copiedBytes).toBe(3 * 512);
  });

  it('takes whole pages, the lowest that lie side by side, and leaves others theirs', () => {
    const bench = new Bench();
    bench.room.fill(99, 0, FROM);
    const [one, two, three] = [bench.copied(0, 4), bench.copied(8, 12), bench.copied(32, 8)];
    expect([one, two, three].map((request) => bench.pageOf(request))).toEqual([0, 1, 3]);
    bench.copies.release(one);
    expect(bench.requests.copy[one]).toBe(0);
    const [four] = [bench.copied(40, 8)];
    expect(bench.pageOf(four)).toBe(0);
    bench.copies.release(four);
    bench.copies.release(three);
    const large = bench.submit(48, 9);
    expect(() => {
      bench.copies.copy(large);
    }).toThrow(TooManyCopies);
    bench.copies.release(two);
    bench.copies.copy(large);
    expect(bench.pageOf(large)).toBe(0);
    expect([...bench.room.subarray(0, FROM)]).toEqual([99, 99, 99, 99, 99]);
  });

  it('is gone without a trace when its write has ended', () => {
    const bench = new Bench();
    const request = bench.copied(0, 11);
    const other = bench.copied(20, 2);
    bench.copies.release(request);
    expect(bench.read(other)).toEqual([21, 22]);
    bench.copies.release(other);
    expect([...bench.room]).toEqual([...new Int32Array(FROM + PAGES * 8)]);
  });

  it('has a limit, which is the run’s and not a bug', () => {
    const bench = new Bench();
    for (let n = 0; n < PAGES; n++) bench.copied(n * 8, 8);
    expect(() => bench.copied(40, 1)).toThrow(
      new TooManyCopies('more than 4 pages of copies of writes in flight'),
    );
  });

  it('that never was need not be released', () => {
    const bench = new Bench();
    const kept = bench.copied(0, 8);
    bench.copies.release(bench.submit(8, 8));
    expect(bench.read(kept)).toHaveLength(8);
    expect(bench.pageOf(bench.copied(16, 8))).toBe(1);
  });
});

describe('a copy that a store makes', () => {
  it('is made by the first store alone, of the whole write, and counted by page', () => {
    const bench = new Bench();
    const request = bench.submit(8, 16);
    bench.copies.beforeStore(request, 9);
    bench.memory[9] = 77;
    expect(bench.read(request)).toEqual(Array.from({ length: 16 }, (_, k) => k + 9));
    expect(bench.copies.copiedBytes).toBe(4096);
    bench.copies.beforeStore(request, 9);
    bench.copies.beforeStore(request, 15);
    expect(bench.copies.copiedBytes).toBe(4096);
    const at = bench.requests.copy[request];
    bench.copies.beforeStore(request, 17);
    expect(bench.requests.copy[request]).toBe(at);
    expect(bench.read(request)[1]).toBe(10);
    expect(bench.copies.copiedBytes).toBe(8192);
  });

  it('counts of a page that the write does not fill what it fills', () => {
    const bench = new Bench();
    const request = bench.submit(8, 10);
    bench.copies.beforeStore(request, 17);
    expect(bench.copies.copiedBytes).toBe(1024);
  });

  it('is made anew for the next write of the page', () => {
    const bench = new Bench();
    const first = bench.submit(8, 8);
    bench.copies.beforeStore(first, 8);
    bench.copies.release(first);
    bench.requests.release(first);
    const second = bench.submit(8, 8);
    bench.memory[8] = 50;
    bench.copies.beforeStore(second, 8);
    expect(bench.read(second)[0]).toBe(50);
    expect(bench.copies.copiedBytes).toBe(8192);
  });
});
