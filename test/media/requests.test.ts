import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Requests, TooManyRequests } from '../../src/media/requests.js';
import { arena } from '../../src/sim/arena.js';

function tableOf(capacity: number): Requests {
  return new Requests(capacity, arena().state);
}

function columns(requests: Requests): (Int32Array | Uint8Array)[] {
  const { sector, sectors, pendingLegs, doneLegs, purpose, owner, copy, next } = requests;
  return [sector, sectors, pendingLegs, doneLegs, purpose, owner, copy, next];
}

describe('the table of requests', () => {
  it('gives a row that says where, how long and whose', () => {
    const requests = tableOf(4);
    const row = requests.take(40, 8, 3);
    expect(row).toBe(1);
    expect(columns(requests).map((column) => column[row])).toEqual([40, 8, 0, 0, 3, 0, 0, 0]);
  });

  it('gives the lowest free row, always', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(7), { nil: 'take' as const })), (acts) => {
        const requests = tableOf(50);
        const free = new Set(Array.from({ length: 50 }, (_, n) => n + 1));
        const taken: number[] = [];
        for (const act of acts) {
          if (act === 'take') {
            const lowest = Math.min(...free);
            if (lowest === Infinity) continue;
            expect(requests.take(0, 8, 1)).toBe(lowest);
            free.delete(lowest);
            taken.push(lowest);
          } else if (taken.length > 0) {
            const [row = 0] = taken.splice(act % taken.length, 1);
            requests.release(row);
            free.add(row);
          }
        }
      }),
    );
  });

  it('zeroes a row when it ends', () => {
    const requests = tableOf(2);
    const row = requests.take(40, 8, 3);
    for (const column of columns(requests)) column[row] = 9;
    requests.release(row);
    expect(columns(requests).map((column) => column[row])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('says when the run has run away', () => {
    const requests = tableOf(2);
    requests.take(0, 8, 1);
    const second = requests.take(8, 8, 1);
    expect(() => requests.take(16, 8, 1)).toThrow(TooManyRequests);
    requests.release(second);
    expect(requests.take(16, 8, 1)).toBe(second);
  });

  it('releases no row twice, and never row 0, which is no request', () => {
    const requests = tableOf(2);
    const row = requests.take(0, 8, 1);
    requests.release(row);
    expect(() => requests.release(row)).toThrow(`request ${row} is not under way`);
    expect(() => requests.release(0)).toThrow('request 0 is not under way');
    expect(() => requests.release(2)).toThrow('request 2 is not under way');
  });
});

describe('rows by home', () => {
  const tableOf16 = () => new Requests(16, arena().state, true);

  it('are the same whoever came first, two blocks of one page as well', () => {
    const covered = [8, 10, 56];
    const rows = (order: readonly number[]) => {
      const requests = tableOf16();
      return order.map((n) => [covered[n], requests.take(covered[n]!, 2, 1)]).sort();
    };
    expect(rows([0, 1, 2])).toEqual(rows([2, 0, 1]));
    expect(new Set(rows([0, 1, 2]).map(([, row]) => row)).size).toBe(3);
  });

  it('are others where two have one home, and where the last is taken', () => {
    const requests = tableOf16();
    expect([0, 2, 32, 30, 62].map((sector) => requests.take(sector, 2, 1))).toEqual([
      1, 2, 3, 16, 4,
    ]);
  });

  it('are all given before one is missing', () => {
    const requests = tableOf16();
    const rows = Array.from({ length: 16 }, () => requests.take(64, 8, 1));
    expect(new Set(rows).size).toBe(16);
    expect(() => requests.take(64, 8, 1)).toThrow(TooManyRequests);
  });
});
