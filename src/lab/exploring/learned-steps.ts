/**
 * Each event from memory, piece by piece; in the world only what was never seen before.
 *
 * The world is a twin of the search's own: the same in all, but that its arena tells what is read
 * and written, which makes it slow.
 */
import type { Frontier } from './frontier.js';
import { APPLICATIONS, metIn, MIRRORS, Watch, type Met } from './search.js';
import type { Steps } from './steps.js';
import type { Course } from '../../machine/course.js';
import type { World } from '../../machine/world.js';
import { NOTHING_DUE } from '../../sim/agenda.js';
import type { Entropy } from '../../sim/entropy.js';
import { Learned, type Work } from '../../sim/learned.js';
import type { Snapshot } from '../../sim/snapshot.js';
import type { Instant } from '../../sim/time.js';

/** A piece that is learned costs as much as so many that are done in the world. */
const PRICE_OF_LEARNING = 20;

export interface Learning {
  /** Sealed where the search begins. */
  readonly twin: World;
  /** At first all is new: so many pieces are done before it is judged whether learning pays. */
  readonly patience: number;
  readonly until: Instant;
  /** States that it will be brought to first, and that were met by others. */
  readonly waiting: Pick<Frontier, 'waiting' | 'places'>;
}

export class LearnedSteps implements Steps {
  readonly #pieces: Pieces;
  readonly #learned: Learned;
  exposed = 0;
  opened = 0;
  readonly #met = [0, 0, 0];

  readonly #patience: number;
  #isAgain = false;

  constructor({ twin, patience, until, waiting }: Learning, entropy: Entropy) {
    this.#pieces = new Pieces(twin, until);
    this.#learned = new Learned(twin.arena, this.#pieces, entropy);
    this.#learned.expect(waiting.waiting, waiting.places());
    this.#patience = patience;
  }

  goBack(to: Snapshot, again: boolean): void {
    this.#isAgain = again;
    if (again) this.#learned.restoreAgain();
    else this.#learned.restore(to);
  }

  goOn(): boolean {
    const { next, step, settle, chores, exposed } = this.#pieces;
    const learned = this.#learned;
    const slot = learned.doFromStand(next, this.#isAgain);
    let said = 0;
    if (slot !== NOTHING_DUE) said = this.#heard(learned.do(step + slot)) | this.#goOnUnseen();
    for (let chore = settle; chore < chores; chore++) said |= this.#heard(learned.doOnce(chore));
    learned.stop();
    this.opened = said & FAULTS;
    this.exposed = learned.do(exposed);
    return slot !== NOTHING_DUE;
  }

  get met(): Met {
    const [storesUnderWrite = 0, marks = 0, clears = 0] = this.#met;
    return { storesUnderWrite, marks, clears };
  }

  hash(into: Snapshot): void {
    this.#learned.hash(into);
  }

  save(into: Snapshot): void {
    this.#learned.save(into);
  }

  get isSlow(): boolean {
    const { done, learned } = this.#learned;
    return learned * PRICE_OF_LEARNING > done + this.#patience;
  }

  /** As {@link Course.goOnUnseen}: the first who has a step that nobody sees goes first. */
  #goOnUnseen(): number {
    const { settle } = this.#pieces;
    let said = 0;
    for (;;) {
      const answer = this.#learned.doFirst(0, settle);
      if (answer === 0) return said;
      said |= this.#heard(answer);
    }
  }

  /** Adds up what the piece has met. */
  #heard(answer: number): number {
    if (answer < 1 << MET_AT) return answer;
    for (let n = 0; n < this.#met.length; n++) {
      this.#met[n]! += (answer >> (MET_AT + n * MET_BITS)) & MOST_MET;
    }
    return answer;
  }
}

/** Bits of answers: by whose fault exposure began, whether a step was made, what was met. */
const FAULTS = MIRRORS | APPLICATIONS;
const STEPPED = 4;
const MET_AT = 3;
const MET_BITS = 9;
const MOST_MET = (1 << MET_BITS) - 1;

function metBits({ storesUnderWrite, marks, clears }: Met): number {
  const all = [storesUnderWrite, marks, clears];
  if (Math.max(...all) > MOST_MET) throw new RangeError(`more than ${MOST_MET} in one step`);
  return all.reduce((bits, times, n) => bits | (times << (MET_AT + n * MET_BITS)), 0);
}

/** The pieces of an event, by number. */
class Pieces implements Work {
  /** Chores: by who may have a step that nobody sees, then what has landed, then by sector. */
  readonly settle: number;
  readonly rename: number;
  readonly endRenaming: number;
  readonly chores: number;
  readonly next: number;
  readonly exposed: number;
  /** And as many as there are slots. */
  readonly step: number;
  readonly pieces: number;
  readonly #world: World;
  readonly #until: Instant;
  readonly #watch: Watch;

  constructor(world: World, until: Instant) {
    this.#world = world;
    this.#until = until;
    this.#watch = new Watch({ world, countsAll: true });
    const { renamed, unseenSlots, slots } = world.course;
    this.settle = unseenSlots.length;
    this.rename = this.settle + 1;
    this.endRenaming = this.rename + renamed;
    this.chores = this.endRenaming + 1;
    this.next = this.chores;
    this.exposed = this.next + 1;
    this.step = this.exposed + 1;
    this.pieces = this.step + slots;
  }

  do(piece: number): number {
    const { course } = this.#world;
    if (piece === this.next) return course.next(this.#until);
    if (piece === this.exposed) return this.#watch.exposed;
    this.#watch.before();
    const stepped = this.#happens(piece, course) ? STEPPED : 0;
    return stepped | this.#watch.opened | metBits(metIn(this.#world));
  }

  /** False: no step. */
  #happens(piece: number, course: Course): boolean {
    if (piece < this.settle) return course.stepUnseen(course.unseenSlots[piece]!);
    if (piece === this.settle) course.settle();
    else if (piece < this.endRenaming) course.renameIn(piece - this.rename);
    else if (piece === this.endRenaming) course.endRenaming();
    else course.step(piece - this.step);
    return piece >= this.step;
  }

  open(entropy: Entropy): void {
    this.#world.open(entropy);
  }

  goBack(to: Snapshot): void {
    this.#world.restore(to);
  }
}
