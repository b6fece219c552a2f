/**
 * A strategy of a user's own: from whatever a module exports to one that the machine can ask.
 *
 * Its data are copied and frozen, so that it is tomorrow what it is today; its hook is asked over a
 * guard of its memory. What it keeps elsewhere (a variable of the module, the clock,
 * `Math.random`) cannot be seen here: a runner makes each of its runs twice.
 */
import { guardOf } from './memory-guard.js';
import { strategyProblems, STRATEGY_KEYS } from './strategy-shape.js';
import { thrown } from '../machine/region-keeper.js';
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
}

/** It goes by its path: that is how a scenario's `expect` and a command name it. */
export function ownStrategy(exported: unknown, { path, sha256, url }: StrategyFile): OwnStrategy {
  const problems = strategyProblems(exported);
  if (!isStrategy(exported, problems)) return { ok: false, problems };
  const called = { name: path };
  const guard = guardOf(called);
  const ask: FixStrategy['region'] = (cause, region, memory, choose) => {
    try {
      const then: unknown = exported.region(cause, region, guard(memory), choose);
      // It is refused as an answer; that it fails later is nobody's surprise.
      if (then instanceof Promise) then.catch(() => undefined);
      return then as Then;
    } catch (error) {
      const line = lineOf(error, url);
      // Thrown by what it called, or by nothing that has a place: whoever called it knows better.
      if (line === undefined) throw error;
      throw new StrategyFault(
        called,
        `it threw ${thrown(error)} in line ${line} when told '${cause}'`,
      );
    }
  };
  const source = Object.freeze({ path, sha256, name: exported.name });
  const strategy = { ...copyOf(exported), ...called, source, region: ask };
  Object.freeze(exported);
  return { ok: true, strategy: Object.freeze(strategy) };
}

/** Where in the file an error was thrown: its innermost frame, leaving the engine's own aside. */
export function lineOf(error: unknown, url: string): number | undefined {
  if (!(error instanceof Error) || error instanceof StrategyFault) return undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const innermost = frames.find((line) => !line.includes('<anonymous>')) ?? '';
  const at = innermost.indexOf(`${url}:`);
  const line = at === -1 ? NaN : Number.parseInt(innermost.slice(at + url.length + 1), 10);
  return Number.isNaN(line) ? undefined : line;
}

function isStrategy(exported: unknown, problems: readonly string[]): exported is FixStrategy {
  return typeof exported === 'object' && exported !== null && problems.length === 0;
}

/** What it says of itself now, whatever its getters say later; those of a class's instance too. */
function copyOf(exported: FixStrategy): Omit<FixStrategy, 'region'> {
  const keys = STRATEGY_KEYS.filter((key) => key !== 'region' && exported[key] !== undefined);
  const data: unknown = Object.fromEntries(keys.map((key) => [key, Reflect.get(exported, key)]));
  const { period, ...rest } = data as Omit<FixStrategy, 'region'>;
  return { ...rest, ...(period && { period: Object.freeze({ ...period }) }) };
}
