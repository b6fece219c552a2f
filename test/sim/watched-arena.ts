import { arena, type Arena, type Bank } from '../../src/sim/arena.js';

type Numbers = Int32Array | Uint8Array | Float64Array;

/** An arena that shows what parts hold in it between two events, maps apart. */
export interface WatchedArena extends Arena {
  held(): number[][];
}

export function watchedArena(): WatchedArena {
  const inner = arena();
  const arrays: Numbers[] = [];
  const kept = <T extends Numbers>(array: T): T => {
    arrays.push(array);
    return array;
  };
  const watched = (bank: Bank): Bank => ({
    i32: (length) => kept(bank.i32(length)),
    u8: (length) => kept(bank.u8(length)),
    // One number alone is the hand of the clock, which never dies.
    f64: (length) => (length === 1 ? bank.f64(length) : kept(bank.f64(length))),
    views: (bytes) => {
      const views = bank.views(bytes);
      kept(views.bytes);
      return views;
    },
    map: (base) => bank.map(base),
  });
  return {
    footprint: undefined,
    state: watched(inner.state),
    clock: watched(inner.clock),
    meters: watched(inner.meters),
    reset: () => {
      inner.reset();
    },
    resetMeters: () => {
      inner.resetMeters();
    },
    seal: () => {
      inner.seal();
    },
    save: (into) => {
      inner.save(into);
    },
    hash: (into) => {
      inner.hash(into);
    },
    restore: (from) => {
      inner.restore(from);
    },
    restoreAgain: (from) => {
      inner.restoreAgain(from);
    },
    placed: () => inner.placed(),
    held: () => arrays.map((array) => [...array]),
  };
}
