/**
 * A view of a strategy's memory that refuses what an Int32Array swallows: a place that is not
 * there, a value that is no whole number, the buffer behind it.
 *
 * An array of 0 numbers takes `memory[3] = 1` without a word, and a strategy that forgot to say
 * `remembers` would never know.
 */
import { StrategyFault, type FixStrategy } from '../machine/strategy.js';

type Guard = (memory: Int32Array) => Int32Array;

const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;
/** These lead to memory that is not the strategy's, or to an array that is not guarded. */
const NOT_OFFERED: readonly PropertyKey[] = ['buffer', 'subarray', 'constructor'];

/** One view for each memory; what it refuses is the fault of that strategy. */
export function guardOf(strategy: Pick<FixStrategy, 'name'>): Guard {
  const views = new WeakMap<Int32Array, Int32Array>();
  return (memory) => {
    const known = views.get(memory);
    if (known !== undefined) return known;
    const view = guarded(memory, strategy);
    views.set(memory, view);
    return view;
  };
}

function guarded(memory: Int32Array, strategy: Pick<FixStrategy, 'name'>): Int32Array {
  const refuse = (what: string): never => {
    throw new StrategyFault(strategy, what);
  };
  const outside = (key: string): string => {
    const has = memory.length === 0 ? 'none: say remembers: 1' : `${memory.length} numbers`;
    return `memory[${key}], but it has ${has}`;
  };
  const isWithin = (key: string): boolean =>
    /^(0|[1-9]\d*)$/.test(key) && Number(key) < memory.length;
  return new Proxy(memory, {
    get(target, key) {
      if (typeof key === 'string' && isWithin(key)) return target[Number(key)];
      const value: unknown = Reflect.get(target, key, target);
      if (NOT_OFFERED.includes(key)) refuse(`it asked for memory.${String(key)}`);
      if (value === undefined && typeof key === 'string') refuse(`it read ${outside(key)}`);
      return value instanceof Function ? (value.bind(target) as unknown) : value;
    },
    set(target, key, value: unknown) {
      if (typeof key !== 'string' || !isWithin(key))
        return refuse(`it wrote ${outside(String(key))}`);
      if (!Number.isInteger(value) || Number(value) < LEAST || Number(value) > MOST) {
        refuse(
          `it wrote ${typeof value === 'number' ? value : `a ${typeof value}`} to memory[${key}], which holds whole numbers of 32 bits`,
        );
      }
      target[Number(key)] = Number(value);
      return true;
    },
    defineProperty: (_target, key) => refuse(`it defined memory.${String(key)}`),
  });
}
