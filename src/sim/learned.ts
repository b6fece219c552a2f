/**
 * A copy of an arena on which pieces of work are done from memory: what a piece reads decides what
 * it writes, so one that reads what it has read before need not be done again.
 *
 * A piece that is not known is done in the arena itself, which tells what was read and written
 * ({@link Footprint}); meters stand at 0 then, so that they decide nothing. In a search millions of
 * events are some thousand pieces, again and again.
 *
 * Most words never change. What is read of such a one is no part of a lesson; when it changes after
 * all, all lessons are put down anew. And pieces that have nothing to do where a search stands are
 * not even looked up until something changes that they look at.
 */
import type { Arena } from './arena.js';
import type { Entropy } from './entropy.js';
import { Chores } from './chores.js';
import type { Footprint, Sight } from './footprint.js';
import { Growing } from './growing.js';
import { EFFECT, Lessons, UNKNOWN, type Seen } from './lessons.js';
import { Questions } from './questions.js';
import { Snapshot } from './snapshot.js';
import { StateHash } from './state-hash.js';

/** Work in pieces, each of which is decided by the arena and by what it asks. */
export interface Work {
  readonly pieces: number;
  /** The first so many are done until they change nothing, wherever a search stands. */
  readonly chores: number;
  /** Does a piece; what it answers is a whole number. */
  do(piece: number): number;
  /** Opens entropy for all questions to come. */
  open(entropy: Entropy): void;
  /** Makes the arena what it was. */
  goBack(to: Snapshot): void;
}

export class Learned {
  readonly #work: Work;
  readonly #arena: Arena;
  readonly #footprint: Footprint;
  readonly #questions: Questions;
  readonly #lessons: Lessons;
  readonly #seen: Seen[] = [];
  readonly #chores: Chores;
  readonly #words: Int32Array;
  /** What snapshots are told apart from, and what stood there at first. */
  readonly #base: Int32Array;
  readonly #first: Int32Array;
  /** By place: whether it was ever seen to change; whether lessons lean on it that it does not. */
  readonly #changes: Uint8Array;
  readonly #isLeantOn: Uint8Array;
  /** Places that can differ from the base, ascending. */
  #places = new Int32Array(0);
  readonly #hash = new StateHash();
  readonly #stand = new StateHash();
  /** Pairs of a place and what stood there, since {@link restore}. */
  readonly #changed = new Growing();
  /** How many states it was brought to, and how many of them, the first, it did not come to. */
  #stands = 0;
  #strange = 1;
  readonly #here = new Snapshot();
  #askedAt = 0;
  #done = 0;

  /** `arena`: sealed, and with a footprint; it stands where the search begins. */
  constructor(arena: Arena, work: Work, entropy: Entropy) {
    if (arena.footprint === undefined) throw new Error('this arena leaves no footprint');
    this.#work = work;
    this.#arena = arena;
    this.#footprint = arena.footprint;
    this.#questions = new Questions(entropy, this.#footprint);
    this.#lessons = new Lessons(work.pieces);
    const { now, base } = arena.placed();
    this.#words = now;
    this.#base = base;
    this.#first = now.slice();
    this.#changes = new Uint8Array(now.length);
    this.#isLeantOn = new Uint8Array(now.length);
    this.#chores = new Chores(work.chores, now.length);
    this.#places = Int32Array.from([...now.keys()].filter((place) => now[place] !== base[place]));
    work.open(this.#questions);
  }

  /** The first so many states come from elsewhere: they differ here, and chores may be undone. */
  expect(states: number, places: Iterable<number>): void {
    this.#strange = states;
    this.#addPlaces(places);
  }

  /** How many pieces were done, and how many of them in the arena. */
  get done(): number {
    return this.#done;
  }

  get learned(): number {
    return this.#seen.length;
  }

  /** The piece with which an event begins; `again`: no other was done first from this state. */
  doFromStand(piece: number, again: boolean): number {
    const answer = this.do(piece, again ? this.#askedAt : 0);
    this.#askedAt = this.#lessons.askedAt;
    return answer;
  }

  do(piece: number, askedAt = 0): number {
    this.#done++;
    this.#questions.begin();
    let lesson = this.#lessons.find(piece, this.#words, this.#questions, askedAt);
    if (lesson === UNKNOWN) lesson = this.#learn(piece);
    const effects = this.#lessons.effects.values;
    const end = this.#lessons.endOf(lesson);
    for (let at = this.#lessons.startOf(lesson); at < end; at += EFFECT) {
      this.#change(effects[at]!, effects[at + 1]!, effects[at + 2]!);
    }
    return this.#lessons.answerOf(lesson);
  }

  /** Does the first chore from this one on that has something to do; 0: there is none. */
  doFirst(from: number, end: number): number {
    for (let chore = from; chore < end; chore++) {
      if (!this.#chores.isCalled(chore)) continue;
      const before = this.#changed.length;
      const answer = this.do(chore);
      if (this.#changed.length > before) return answer;
      this.#chores.isIdle(chore);
    }
    return 0;
  }

  /** Does the chore if it has something to do; another time nothing may be left for it. */
  doOnce(chore: number): number {
    const answer = this.doFirst(chore, chore + 1);
    this.doFirst(chore, chore + 1);
    if (this.#chores.isCalled(chore)) throw new Error(`chore ${chore} is never done`);
    return answer;
  }

  /** No chore has anything left to do where the search stands. */
  stop(): void {
    this.#chores.stop();
  }

  /** The 64 bits alone. */
  hash(into: Snapshot): void {
    into.low = this.#hash.low;
    into.high = this.#hash.high;
  }

  save(into: Snapshot): void {
    this.hash(into);
    into.length = 0;
    const places = this.#places;
    for (let n = 0; n < places.length; n++) {
      const place = places[n]!;
      const value = this.#words[place]!;
      if (value !== this.#base[place]) into.add(place, value);
    }
  }

  restore({ pairs, length, low, high }: Snapshot): void {
    const places = this.#places;
    const words = this.#words;
    for (let n = 0; n < places.length; n++) words[places[n]!] = this.#base[places[n]!]!;
    for (let at = 0; at < length; at += 2) words[pairs[at]!] = pairs[at + 1]!;
    this.#stand.set(low, high);
    this.#stands++;
    this.#begin();
  }

  /** Once more to what {@link restore} was given last. */
  restoreAgain(): void {
    const { values, length } = this.#changed;
    for (let at = length - 2; at >= 0; at -= 2) this.#words[values[at]!] = values[at + 1]!;
    this.#begin();
  }

  #begin(): void {
    this.#changed.length = 0;
    this.#hash.set(this.#stand.low, this.#stand.high);
    this.#chores.start(this.#stands <= this.#strange);
  }

  #change(place: number, bits: number, value: number): void {
    const was = this.#words[place]!;
    const now = (was & ~bits) | value;
    if (now === was) return;
    const base = this.#base[place]!;
    if (was !== base) this.#hash.remove(place, was);
    if (now !== base) this.#hash.add(place, now);
    this.#changed.push(place);
    this.#changed.push(was);
    this.#words[place] = now;
    this.#chores.changed(place);
  }

  #learn(piece: number): number {
    this.save(this.#here);
    this.#work.goBack(this.#here);
    this.#arena.resetMeters();
    this.#footprint.open();
    const answer = this.#work.do(piece);
    this.#footprint.close();
    const sights = [...this.#footprint.sights];
    const seen = { piece, answer, sights, effects: this.#footprint.written() };
    if (this.#seeChanges(seen.effects)) this.#learnAgain();
    this.#seen.push(seen);
    // Whoever does not do it has to know when it is to be done.
    if (piece < this.#chores.count) this.#chores.looksAt([...sights, ...seen.effects], piece);
    return this.#lessons.learn(this.#varyingPart(seen));
  }

  /** Words that change for the first time. True: lessons lean on it that one of them does not. */
  #seeChanges(effects: readonly Sight[]): boolean {
    const fresh = effects
      .filter(({ place, bits, value }) => (this.#first[place]! & bits) !== value)
      .map(({ place }) => place)
      .filter((place) => this.#changes[place] === 0);
    if (fresh.length === 0) return false;
    this.#addPlaces(fresh);
    return fresh.some((place) => this.#isLeantOn[place] === 1);
  }

  #addPlaces(places: Iterable<number>): void {
    for (const place of places) this.#changes[place] = 1;
    this.#places = Int32Array.from(new Set([...this.#places, ...places])).sort();
  }

  #learnAgain(): void {
    this.#lessons.forget();
    this.#askedAt = 0;
    for (const seen of this.#seen) this.#lessons.learn(this.#varyingPart(seen));
  }

  #varyingPart({ piece, answer, sights, effects }: Seen): Seen {
    return {
      piece,
      answer,
      sights: sights.filter(({ place }) => place < 0 || this.#varies(place)),
      effects: effects.filter(({ place }) => this.#varies(place)),
    };
  }

  /** Whether something else may stand there another time; if not, lessons lean on that. */
  #varies(place: number): boolean {
    if (this.#changes[place] === 1) return true;
    this.#isLeantOn[place] = 1;
    return false;
  }
}
