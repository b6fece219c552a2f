import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arena, type Arena } from '../../src/sim/arena.js';
import { Snapshot } from '../../src/sim/snapshot.js';
import { StateHash } from '../../src/sim/state-hash.js';

const NUMBERS = 40;
const BASE = Int32Array.from({ length: 30 }, (_, n) => n * 3);

/** An arena with arrays of every kind in both banks that are saved, and how to write to them. */
class Home {
  readonly arena: Arena = arena();
  readonly #state = this.arena.state.i32(NUMBERS);
  readonly #bytes = this.arena.state.u8(NUMBERS);
  readonly #large = this.arena.state.i32(20_000);
  readonly #clock = this.arena.clock.f64(NUMBERS);
  readonly #map = this.arena.state.map(BASE);
  readonly #meters = this.arena.meters.i32(NUMBERS);

  write([where, at, value]: Write): void {
    const n = at % NUMBERS;
    if (where === 'state') this.#state[n] = value;
    else if (where === 'bytes') this.#bytes[n] = value;
    else if (where === 'large') this.#large[19_999 - n] = value;
    else if (where === 'clock') this.#clock[n] = value / 2;
    else if (where === 'map') this.#map.set(at % BASE.length, value);
    else this.#meters[n] = value;
  }

  get meter(): number {
    return this.#meters[0]!;
  }

  /** All that is saved. */
  held(): number[][] {
    return [
      this.#state,
      this.#bytes,
      this.#large.slice(-NUMBERS),
      this.#clock,
      this.#map.values,
    ].map((array) => [...array]);
  }

  saved(): Snapshot {
    const snapshot = new Snapshot();
    this.arena.save(snapshot);
    return snapshot;
  }
}

type Write = readonly [where: string, at: number, value: number];
const writes = fc.array(
  fc.tuple(
    fc.constantFrom('state', 'bytes', 'large', 'clock', 'map'),
    fc.nat(100),
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(-(2 ** 31), -1, 2 ** 31 - 1)),
  ),
);

function bitsOf({ low, high }: { readonly low: number; readonly high: number }): number[] {
  return [low, high];
}

/** The 64 bits of the pairs, made anew. */
function hashed({ pairs, length }: Snapshot): number[] {
  const hash = new StateHash();
  for (let n = 0; n < length; n += 2) hash.add(pairs[n]!, pairs[n + 1]!);
  return bitsOf(hash);
}

describe('an arena that was saved', () => {
  it('is restored, whatever was written since, and before it was sealed', () => {
    fc.assert(
      fc.property(writes, writes, writes, writes, (before, first, second, third) => {
        const home = new Home();
        for (const write of before) home.write(write);
        home.arena.seal();
        for (const write of first) home.write(write);
        const [one, held] = [home.saved(), home.held()];
        for (const write of second) home.write(write);
        const [two, later] = [home.saved(), home.held()];
        for (const write of third) home.write(write);
        home.arena.restore(one);
        expect(home.held()).toEqual(held);
        home.arena.restore(two);
        expect(home.held()).toEqual(later);
        for (const write of third) home.write(write);
        home.arena.restoreAgain(two);
        expect(home.held()).toEqual(later);
      }),
    );
  });

  it('has the same 64 bits exactly when it holds the same', () => {
    fc.assert(
      fc.property(writes, writes, (first, second) => {
        const [a, b] = [new Home(), new Home()];
        a.arena.seal();
        b.arena.seal();
        for (const write of first) a.write(write);
        for (const write of second) b.write(write);
        const [one, two] = [a.saved(), b.saved()];
        const same = JSON.stringify(a.held()) === JSON.stringify(b.held());
        expect(one.low === two.low && one.high === two.high).toBe(same);
      }),
    );
  });

  it('has 64 bits that are those of its pairs, wherever it was restored to before', () => {
    fc.assert(
      fc.property(writes, writes, writes, (first, second, third) => {
        const home = new Home();
        home.arena.seal();
        for (const write of first) home.write(write);
        const one = home.saved();
        for (const write of second) home.write(write);
        expect(bitsOf(home.saved())).toEqual(hashed(home.saved()));
        home.arena.restore(one);
        for (const write of third) home.write(write);
        expect(bitsOf(home.saved())).toEqual(hashed(home.saved()));
        home.arena.restoreAgain(one);
        const again = new Snapshot();
        home.arena.hash(again);
        expect(bitsOf(again)).toEqual(bitsOf(one));
        expect(again.length).toBe(0);
      }),
    );
  });

  it('has the same 64 bits in whatever order it was written', () => {
    const [a, b] = [new Home(), new Home()];
    a.arena.seal();
    b.arena.seal();
    const some: Write[] = [
      ['map', 3, 8],
      ['map', 7, 9],
      ['state', 1, 5],
      ['clock', 2, 6],
    ];
    for (const write of some) a.write(write);
    for (const write of some.toReversed()) b.write(write);
    b.write(['map', 4, 1]);
    b.write(['map', 4, BASE[4]!]); // back to its base: as if it had never been touched
    expect(a.saved().low).toBe(b.saved().low);
    expect(a.saved().high).toBe(b.saved().high);
    expect(a.saved().length).toBe(b.saved().length);
  });

  it('notices the sign bit of a word whose neighbours are zero', () => {
    const home = new Home();
    home.arena.seal();
    home.write(['state', 1, -(2 ** 31)]);
    expect(home.saved().length).toBe(2);
  });

  it('sees every word change, and change back', () => {
    const home = arena();
    const words = home.state.i32(64);
    home.seal();
    const saved = (): Snapshot => {
      const snapshot = new Snapshot();
      home.save(snapshot);
      return snapshot;
    };
    const calm = saved();
    for (let word = 0; word < words.length; word++) {
      words[word] = 7;
      const changed = saved();
      expect([word, ...bitsOf(changed)]).not.toEqual([word, ...bitsOf(calm)]);
      home.restore(changed);
      words[word] = 0;
      expect([word, ...bitsOf(saved())]).toEqual([word, ...bitsOf(calm)]);
      home.restore(calm);
    }
  });

  it('holds several maps, each with its own base, and tells where everything is placed', () => {
    const home = arena();
    const words = home.state.i32(16);
    const maps = [Int32Array.of(1, 2, 3), Int32Array.of(4, 5)].map((base) => home.state.map(base));
    home.seal();
    const [one, two] = maps;
    words[3] = 9;
    one!.set(2, 30);
    two!.set(0, 40);
    two!.set(1, 50);
    const saved = new Snapshot();
    home.save(saved);
    const { now, base } = home.placed();
    expect([now[3], base[3]]).toEqual([9, 0]);
    expect([[...now.slice(-5)], [...base.slice(-5)]]).toEqual([
      [1, 2, 30, 40, 50],
      [1, 2, 3, 4, 5],
    ]);
    for (const map of maps) map.set(1, 77);
    home.restore(saved);
    expect(maps.map(({ values }) => [...values])).toEqual([
      [1, 2, 30],
      [40, 50],
    ]);
    one!.set(0, 8);
    home.restoreAgain(saved);
    expect(maps.map(({ touchedCount }) => touchedCount)).toEqual([1, 2]);
    const again = new Snapshot();
    home.save(again);
    expect(again.pairs.slice(0, again.length)).toEqual(saved.pairs.slice(0, saved.length));
  });

  it('keeps no meters', () => {
    const home = new Home();
    home.arena.seal();
    const { low, high, length } = home.saved();
    home.write(['meters', 0, 7]);
    const again = home.saved();
    expect([again.low, again.high, again.length]).toEqual([low, high, length]);
    home.arena.restore(again);
    expect(home.meter).toBe(7);
  });

  it('costs what differs, whatever there is', () => {
    const home = new Home();
    home.write(['large', 5, 1]);
    home.arena.seal();
    expect(home.saved().length).toBe(0);
    home.write(['large', 6, 1]);
    home.write(['map', 2, 77]);
    expect(home.saved().length).toBe(4);
  });

  it('must be sealed before', () => {
    expect(() => new Home().saved()).toThrow(/sealed/);
  });
});

describe('a snapshot', () => {
  it('takes over what was kept elsewhere, however much', () => {
    const kept = Int32Array.from({ length: 2000 }, (_, n) => n * 3);
    const snapshot = new Snapshot();
    for (const length of [4, 1000]) {
      snapshot.load(kept, 6, length, 11, 12);
      expect(snapshot).toMatchObject({ length, low: 11, high: 12 });
      expect(snapshot.pairs.slice(0, length)).toEqual(kept.slice(6, 6 + length));
    }
  });
});
