/**
 * Modules of a user's own in this process, which may do what they like: not return, end the
 * process, fail when nobody asks them. Each of these ends the command with a message and exit 2.
 *
 * A hook that does not return keeps this thread to itself. Another thread sees it (`watchdog.ts`)
 * and sends this process a SIGINT, which breaks into what runs in a `vm.Script` with
 * `breakOnSigint`: so Ctrl-C is heard there as well.
 * Leaves out: a module that means harm. It runs with all the rights of whoever starts the program.
 */
import { createContext, Script } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { Asking, noReturn } from '../../lab/asking.js';
import type { OwnFile } from '../../lab/astray.js';
import type { FixStrategy } from '../../machine/strategy.js';
import { INTERRUPTED } from '../../report/verdict.js';
import { shown } from '../given.js';
import type { Bench, OwnStrategies, Searches } from '../laboratory.js';
import { leave } from '../leave.js';
import { Endless, Refused } from '../refused.js';
import type { Watch } from './watchdog.js';

const WORK = new Script('work()');

export class OwnCode {
  readonly asking = new Asking();
  readonly patienceMs: number;
  readonly #givenUp = new Int32Array(new SharedArrayBuffer(4));
  readonly #sandbox = { work: (): void => undefined };
  readonly #loaded: OwnFile[] = [];
  #context: object | undefined;
  #goesAstray: (error: unknown) => void = () => undefined;
  #astrayIn: OwnStrategies['astrayIn'] = () => undefined;

  /** Never kept, and broken when such a module fails while nobody asks it. */
  readonly astray: Promise<never>;

  constructor(patienceMs: number) {
    this.patienceMs = patienceMs;
    this.astray = new Promise((_, reject) => {
      this.#goesAstray = reject;
    });
    this.astray.catch(() => undefined);
  }

  /** Whether something of a user's may still be going on when the command is done. */
  get isThere(): boolean {
    return this.#loaded.length > 0;
  }

  /** Before its module is loaded. */
  expect(file: OwnFile, { astrayIn }: Pick<OwnStrategies, 'astrayIn'>): void {
    if (!this.isThere) {
      this.#astrayIn = astrayIn;
      const failed = (error: unknown): void => this.#goesAstray(this.faultIn(error) ?? error);
      process.on('uncaughtException', failed);
      process.on('unhandledRejection', failed);
    }
    this.#loaded.push(file);
  }

  /** What such a module did when nobody asked it, here or in another thread; undefined: nothing. */
  faultIn(error: unknown): Refused | undefined {
    const fault = this.#astrayIn(error, this.#loaded);
    if (fault === undefined) return undefined;
    const { path, what } = fault;
    return new Refused(`strategy ${shown(path)}: threw ${shown(what)}, when nobody asked it`);
  }

  /** The same, and what is done there under a strategy of a user's own comes to an end. */
  guarding(bench: Bench): Bench {
    return {
      run: (scenario, strategy, seed) =>
        this.#ended(strategy, () => bench.run(scenario, strategy, seed)),
      runAmongSeeds: (scenario, strategy, seed) =>
        this.#ended(strategy, () => bench.runAmongSeeds(scenario, strategy, seed)),
      runToSum: (scenario, strategy, seed) =>
        this.#ended(strategy, () => bench.runToSum(scenario, strategy, seed)),
      madeAgain: (first, scenario, strategy, seed, how) =>
        this.#ended(strategy, () => bench.madeAgain(first, scenario, strategy, seed, how)),
      tell: (scenario, strategy, seed) =>
        this.#ended(strategy, () => bench.tell(scenario, strategy, seed)),
      images: (scenario, strategy, seed, when) =>
        this.#ended(strategy, () => bench.images(scenario, strategy, seed, when)),
    };
  }

  /** Likewise, but for what is searched in a thread of its own (`../searched.ts`). */
  guardingSearches(searches: Searches): Searches {
    return {
      ...searches,
      diagnose: (scenario, strategy, seed) =>
        this.#ended(strategy, () => searches.diagnose(scenario, strategy, seed)),
      tellWay: (scenario, strategy, wanted, way) =>
        this.#ended(strategy, () => searches.tellWay(scenario, strategy, wanted, way)),
    };
  }

  #ended<T>({ name, source }: FixStrategy, work: () => T): T {
    if (source === undefined) return work();
    const { asking, patienceMs } = this;
    let done: { readonly result: T } | undefined;
    this.#sandbox.work = () => {
      done = { result: work() };
    };
    try {
      WORK.runInContext((this.#context ??= this.#begun()), { breakOnSigint: true });
    } catch (error) {
      if (!isInterruption(error)) throw error;
      if (Atomics.exchange(this.#givenUp, 0, 0) === 0) leave(INTERRUPTED);
      // It will never answer; what is asked later has patience of its own.
      asking.ends();
      throw new Endless(shown(name), noReturn(asking, patienceMs));
    }
    if (done === undefined) throw new Error('the work was not done');
    return done.result;
  }

  #begun(): object {
    const watch: Watch = {
      buffer: this.asking.buffer,
      givenUp: this.#givenUp,
      patienceMs: this.patienceMs,
    };
    const url = new URL('./watchdog.js', import.meta.url);
    new Worker(url, { workerData: watch }).unref();
    return createContext(this.#sandbox);
  }
}

/** It is an error of the context in which the script ran, and no `Error` of this one. */
function isInterruption(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error && error.code;
  return code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}
