/**
 * Answers that were right for another run, given as far as they fit: what a shrinker tries with.
 *
 * A question that is not the one that was stored under its number gets 0, as one that is unknown
 * does. Such a run proves nothing about what was stored; what it answered is recorded anew.
 */
import type { Choice, Entropy, Stream } from './entropy.js';

export function hinted(hints: readonly Choice[]): Entropy {
  const streams = new Map<string, Map<number, Choice>>();
  for (const hint of hints) {
    const known = streams.get(hint.stream);
    if (known === undefined) streams.set(hint.stream, new Map([[hint.n, hint]]));
    else known.set(hint.n, hint);
  }
  return { stream: (name) => new HintedStream(streams.get(name)) };
}

class HintedStream implements Stream {
  readonly #hints: ReadonlyMap<number, Choice> | undefined;
  #next = 0;

  constructor(hints: ReadonlyMap<number, Choice> | undefined) {
    this.#hints = hints;
  }

  choose(bound: number, what: string): number {
    const hint = this.#hints?.get(this.#next++);
    return hint?.bound === bound && hint.what === what ? hint.answer : 0;
  }
}
