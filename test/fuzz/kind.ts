/**
 * A kind of hostile input: how one is made, and what must hold whatever it is.
 *
 * `judge` throws where an input is neither refused with a message nor taken with a right result.
 */
import fc from 'fast-check';

/** What became of an input. */
export type Answer = 'refused' | 'right';

export interface Kind {
  readonly name: string;
  /** Opened anew for each series of inputs: what it made for the one it may keep for the next. */
  open(): Trial;
}

export interface Trial {
  /** Judges the input of that number in the series of a seed. */
  judge(seed: number, number: number): Promise<Answer>;
  /** The same input as text, for people. */
  shown(seed: number, number: number): string;
  /** As fast-check asks it, which makes an input that fails smaller. */
  check(count: number): Promise<void>;
}

/** Inputs are drawn so many at a time: to begin a series is dearer than to go on with it. */
const AT_ONCE = 64;

export function kind<T>(name: string, open: () => Making<T>): Kind {
  return {
    name,
    open(): Trial {
      const { inputs, judge } = open();
      let drawn: readonly T[] = [];
      let from = '';
      const draw = (seed: number, number: number): T => {
        const block = Math.floor(number / AT_ONCE);
        if (from !== `${seed} ${block}`) {
          drawn = fc.sample(inputs, { seed: seedOf(seed, block), numRuns: AT_ONCE });
          from = `${seed} ${block}`;
        }
        return drawn[number % AT_ONCE]!;
      };
      const judged = async (input: T): Promise<Answer> => {
        const answer = await judge(input);
        refusePollution();
        return answer;
      };
      return {
        judge: (seed, number) => judged(draw(seed, number)),
        shown: (seed, number) => fc.stringify(draw(seed, number)),
        async check(count) {
          const holds = fc.asyncProperty(inputs, async (input) => {
            await judged(input);
          });
          await fc.assert(holds, { numRuns: count });
        },
      };
    },
  };
}

interface Making<T> {
  readonly inputs: fc.Arbitrary<T>;
  readonly judge: (input: T) => Answer | Promise<Answer>;
}

/** Seeds of blocks stand far from each other, and from those of the next seed. */
function seedOf(seed: number, block: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b)) | 0;
}

const PROTOTYPES = [Object, Array, Function, String, Number, RegExp, Map, Set, Error, Promise].map(
  (made) => ({ made, keys: Reflect.ownKeys(made.prototype).length }),
);

/** Nothing may be added to what every object inherits. */
function refusePollution(): void {
  for (const { made, keys } of PROTOTYPES) {
    if (Reflect.ownKeys(made.prototype).length !== keys) {
      throw new Error(`the prototype of ${made.name} was changed`);
    }
  }
}
