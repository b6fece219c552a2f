/**
 * What `run` and `merge` do with failures that must not be: the first one of each scenario and
 * strategy is made small, behind everything else that is told. Whatever becomes of that, the
 * results stand.
 */
import type { Shrunk } from '../../lab/shrink.js';
import type { SweepHeader } from '../../lab/sweep/header.js';
import type { FixStrategy } from '../../machine/strategy.js';
import { safe } from '../../report/lines.js';
import type { SmallFailure, UnexpectedFailure } from '../../report/reporters/reporter.js';
import type { Answer, Left } from '../answer.js';
import { apart } from '../apart.js';
import { BrokenRun, Refused } from '../refused.js';
import type { Session } from '../session.js';
import type { Tried } from '../sweep/make-chunks.js';
import { shrinkCommand, unexpectedOf, type FoundFailure } from './found-failure.js';
import type { HandedFailure } from './small-maker.js';
import { shrunkTeller, type ShrunkTeller } from './told-shrunk.js';

/** Each may take some ten seconds, and tells a story of a page. */
const MOST_SHRUNK = 3;
/** What is done in a moment is told nowhere. */
const PATIENCE_MS = 500;

/** What was tried in that series. Throws Refused where it is not to be had. */
type TriedIn = (series: number) => Tried | Promise<Tried>;

export async function shrinkerFor(
  header: SweepHeader,
  triedIn: TriedIn,
  session: Session,
  end?: AbortSignal,
): Promise<Shrinker> {
  return new Shrinker(header, triedIn, session, await shrunkTeller(session), end);
}

export class Shrinker {
  readonly #header: SweepHeader;
  readonly #triedIn: TriedIn;
  readonly #session: Session;
  readonly #tell: ShrunkTeller;
  readonly #givenUp: Promise<Left>;
  #why: string | undefined;
  #exitCode: number | undefined;
  #broken: BrokenRun | undefined;

  /** `end`: of the time that the user gave it. */
  constructor(
    header: SweepHeader,
    triedIn: TriedIn,
    session: Session,
    tell: ShrunkTeller,
    end: AbortSignal | undefined,
  ) {
    this.#header = header;
    this.#triedIn = triedIn;
    this.#session = session;
    this.#tell = tell;
    this.#givenUp = new Promise((resolve) => {
      const giveUp = (why: string): void => {
        this.#why = why;
        resolve({ kind: 'left', why });
      };
      const { interrupts } = session;
      const interrupted = (): void => {
        this.#exitCode = interrupts.exitCode;
        giveUp('interrupted');
      };
      if (interrupts.isHeard) interrupted();
      else interrupts.watch(interrupted, true);
      if (end?.aborted === true) giveUp('the time was up');
      end?.addEventListener('abort', () => giveUp('the time was up'));
    });
  }

  /** Of a signal that ended it. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** A bug of ours that was met on the way. */
  get broken(): BrokenRun | undefined {
    return this.#broken;
  }

  /** As many of them as are worth it. */
  async told(failures: readonly FoundFailure[]): Promise<UnexpectedFailure[]> {
    const told: UnexpectedFailure[] = [];
    for (const [n, failure] of failures.entries()) {
      const small = n < MOST_SHRUNK ? await this.#smallOf(failure) : undefined;
      told.push({ ...unexpectedOf(failure, this.#header), small });
    }
    return told;
  }

  async #smallOf(failure: FoundFailure): Promise<SmallFailure | undefined> {
    const { err } = this.#session;
    const patience = setTimeout(() => {
      if (err.isTerminal) err.write(`shrinking a failure, which Ctrl-C leaves as it is\n`);
    }, PATIENCE_MS);
    try {
      return await this.#madeSmall(failure, shrinkCommand(this.#header, failure));
    } finally {
      clearTimeout(patience);
    }
  }

  async #madeSmall(failure: FoundFailure, command: string): Promise<SmallFailure | undefined> {
    const tried = await this.#triedFor(failure);
    if ('why' in tried) {
      this.#leave(tried.why, command);
      return undefined;
    }
    const small = await this.#smallApart(tried, failure.seed);
    switch (small.kind) {
      case 'made':
        return small.made && this.#textsOf(small.made, tried.strategy, command);
      case 'left':
        this.#leave(small.why, command);
        return undefined;
      case 'threw': {
        const cause = new Error(small.message);
        cause.stack = small.stack;
        this.#broken ??= new BrokenRun(cause, command);
        return undefined;
      }
    }
  }

  async #triedFor({ series }: FoundFailure): Promise<Tried | Left> {
    if (this.#why !== undefined) return this.#givenUp;
    try {
      return await Promise.race([this.#triedIn(series), this.#givenUp]);
    } catch (error) {
      if (error instanceof Refused) return { kind: 'left', why: error.message };
      throw error;
    }
  }

  async #smallApart(tried: Tried, seed: string): Promise<Answer<Shrunk | undefined>> {
    const { rooms, own } = this.#session;
    const handed = { failure: { kind: 'run', seed }, enough: { kind: 'tried' } } as const;
    try {
      return await apart<HandedFailure, Answer<Shrunk | undefined>>(
        'makeSmall',
        tried,
        handed,
        rooms,
        this.#givenUp,
      );
    } catch (death) {
      const fault = own.faultIn(death) ?? death;
      return { kind: 'left', why: fault instanceof Error ? fault.message : String(fault) };
    }
  }

  #textsOf(shrunk: Shrunk, strategy: FixStrategy, command: string): SmallFailure | undefined {
    try {
      return this.#tell(shrunk, strategy, command);
    } catch (error) {
      if (error instanceof Refused) this.#leave(error.message, command);
      else if (error instanceof BrokenRun) this.#broken ??= error;
      else throw error;
      return undefined;
    }
  }

  #leave(why: string, command: string): void {
    this.#session.err.write(`a failure was not shrunk: ${safe(why)}\n${command}\n`);
  }
}
