/**
 * A strategy of a user's own: from whatever a module exports to one that the machine can ask.
 *
 * Its data are copied and frozen, so that it is tomorrow what it is today; its hook is asked over a
 * guard of its memory. What it keeps elsewhere (a variable of the module, the clock,
 * `Math.random`) cannot be seen here: a runner makes each of its runs twice.
 */
import type { Asking } from './asking.js';
import { guardOf } from './memory-guard.js';
import { readOnce, strategyProblems } from './strategy-shape.js';
import { isError, thrown } from '../machine/said.js';
import { StrategyFault, type FixStrategy, type Then } from '../machine/strategy.js';

export type OwnStrategy =
  | { readonly ok: true; readonly strategy: FixStrategy }
  | { readonly ok: false; readonly problems: readonly string[] };

export interface StrategyFile {
  /** As it was given. */
  readonly path: string;
  /** Of its bytes. */
  readonly sha256: string;
  /** What stands in the stack of an error before the line of the file: `<url>:12:3`. */
  readonly url: string;
  /** Where it is written down what its hook is asked; undefined: nobody watches. */
  readonly asking?: Asking;
}

/** It goes by its path: that is how a scenario's `expect` and a command name it. */
export function ownStrategy(exported: unknown, file: StrategyFile): OwnStrategy {
  const data = readOnce(exported);
  const problems = strategyProblems(data);
  if (!isStrategy(data, problems)) return { ok: false, problems };
  try {
    Object.freeze(exported);
  } catch {
    return { ok: false, problems: ['its default export cannot be frozen'] };
  }
  const called = { name: file.path };
  const source = Object.freeze({ path: file.path, sha256: file.sha256, name: data.name });
  const region = asked(data, exported, file);
  return { ok: true, strategy: Object.freeze({ ...data, ...called, source, region }) };
}

/** Its hook over a guard of its memory, with `exported` as its `this`. */
function asked(
  data: FixStrategy,
  exported: unknown,
  { path, url, asking }: StrategyFile,
): FixStrategy['region'] {
  const called = { name: path };
  const guard = guardOf(called);
  const hook = data.region.bind(exported);
  return (cause, number, memory, choose) => {
    asking?.begins(cause);
    try {
      const then: unknown = hook(cause, number, guard(memory), choose);
      // It is refused as an answer; that it fails later is nobody's surprise.
      if (isPromise(then)) then.catch(() => undefined);
      return then as Then;
    } catch (error) {
      const line = lineOf(error, url);
      // Thrown by what it called, or by nothing that has a place: whoever called it knows better.
      if (line === undefined) throw error;
      throw new StrategyFault(
        called,
        `it threw ${thrown(error)} in line ${line} when told '${cause}'`,
      );
    } finally {
      asking?.ends();
    }
  };
}

/** Where in the file an error was thrown: its innermost frame, leaving the engine's own aside. */
export function lineOf(error: unknown, url: string): number | undefined {
  if (!isError(error) || error instanceof StrategyFault) return undefined;
  const frames = stackOf(error)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  const innermost = frames.find((line) => !line.includes('<anonymous>')) ?? '';
  const at = innermost.indexOf(`${url}:`);
  const line = at === -1 ? NaN : Number.parseInt(innermost.slice(at + url.length + 1), 10);
  return Number.isNaN(line) ? undefined : line;
}

/** A stack is a property like others: it may be anything. */
function stackOf(error: Error): string {
  try {
    const stack: unknown = Reflect.get(error, 'stack');
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

function isStrategy(data: unknown, problems: readonly string[]): data is FixStrategy {
  return typeof data === 'object' && data !== null && problems.length === 0;
}

function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}
