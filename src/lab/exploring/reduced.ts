/**
 * Everything that can happen, one event at a time from each state that can be reached, no state
 * twice.
 *
 * Breadth first: the first divergence that is met is one with the fewest events. Power may fail
 * after every event; whether that would end in divergence is asked, not tried.
 */
import { Frontier } from './frontier.js';
import type { Kind, Kinds } from './kinds.js';
import { LearnedSteps } from './learned-steps.js';
import { countedFaults, metTogether } from './search.js';
import type { Met, SearchOptions, SearchWatcher, Way } from './search.js';
import { StateGraph } from './state-graph.js';
import { PlainSteps, type Steps } from './steps.js';
import { Visited } from './visited.js';
import type { World } from '../../machine/world.js';
import { EverySchedule, type Asked } from '../../sim/every-schedule.js';
import type { Choice } from '../../sim/entropy.js';
import { Snapshot } from '../../sim/snapshot.js';

/** Why a search went no further. */
export type End = 'complete' | 'stopped' | 'first-divergence' | 'too-many-states';

export interface StateSearchOptions extends SearchOptions {
  readonly mostStates: number;
  readonly untilFirst: boolean;
  /** What tells divergences apart; undefined: nobody asks. */
  readonly kinds?: Kinds | undefined;
  /** Asked now and then; true: it goes no further. */
  readonly stop: () => boolean;
}

export interface StateSearchResult {
  readonly end: End;
  readonly states: number;
  /** States that were met and not gone on from. */
  readonly frontier: number;
  readonly graph: StateGraph;
  readonly met: Met;
  /** The fewest events that lead to a divergence that counts. */
  readonly shortest: Way | undefined;
  /** The same for each kind of divergence, whether it counts or not, shortest first. */
  readonly kinds: readonly (Kind & Way)[];
}

/** A state, and which of its events leads on. */
interface Event {
  readonly state: number;
  readonly via: number;
}

export function searchStates(options: StateSearchOptions): StateSearchResult {
  return new StateSearch(options).run();
}

const ASK_EVERY = 256;
const PATIENCE = 100_000;
/** A second world and its first lessons cost as much as so many states do without. */
const LEARNS_AFTER = 1024;

class StateSearch {
  readonly #options: StateSearchOptions;
  readonly #every = new EverySchedule();
  readonly #visited = new Visited();
  readonly #frontier = new Frontier();
  readonly #graph = new StateGraph();
  readonly #from = new Snapshot();
  readonly #state = new Snapshot();
  /** What was asked before the search began. */
  #asked: Asked[] = [];
  /** Where the first divergence that counts comes from, and the first of each kind. */
  #first: Event | undefined;
  readonly #firsts: { readonly kind: Kind; readonly event: Event }[] = [];

  readonly #counted: number;
  readonly #plain: PlainSteps;
  #steps: Steps;
  #learned: Steps | undefined;

  constructor(options: StateSearchOptions) {
    const { world, until, countsAll } = options;
    this.#options = options;
    this.#counted = countedFaults(countsAll);
    this.#plain = new PlainSteps(world, until);
    this.#steps = this.#plain;
  }

  run(): StateSearchResult {
    this.#start(this.#options.world);
    this.#visited.add(this.#state.low, this.#state.high);
    this.#graph.met(0, 0);
    this.#frontier.add(this.#state);
    const end = this.#walk();
    const plain = this.#plain.met;
    const met = this.#learned === undefined ? plain : metTogether(plain, this.#learned.met);
    return {
      end,
      met,
      states: this.#visited.count,
      frontier: this.#frontier.waiting,
      graph: this.#graph,
      shortest: this.#first && this.#wayTo(this.#first),
      kinds: this.#firsts.map(({ kind, event }) => ({ ...kind, ...this.#wayTo(event) })),
    };
  }

  /** Once there is enough to do. The twin takes over between two states. */
  #learn(makeTwin: () => World): Steps {
    const { until, patience = PATIENCE } = this.#options;
    const twin = makeTwin();
    this.#start(twin);
    const learning = { twin, patience, until, waiting: this.#frontier };
    this.#learned = new LearnedSteps(learning, this.#every);
    return this.#learned;
  }

  /** Runs to where the search begins, and keeps that state. */
  #start(world: World): void {
    const { lead, until } = this.#options;
    this.#every.begin();
    world.reset(this.#every);
    for (let n = 0; n < lead; n++) world.advance(until);
    this.#asked = this.#every.asked();
    world.seal();
    world.save(this.#state);
  }

  #walk(): End {
    const { mostStates, mostSteps, stop, untilFirst } = this.#options;
    for (let state = 0; this.#takes(state); state++) {
      this.#graph.goOn();
      if (this.#frontier.steps < mostSteps) this.#goOn(state);
      if (untilFirst && this.#first !== undefined) return 'first-divergence';
      if (this.#visited.count > mostStates) return 'too-many-states';
      if (state % ASK_EVERY !== 0) continue;
      if (this.#steps.isSlow) this.#steps = this.#plain;
      if (stop()) return 'stopped';
    }
    return 'complete';
  }

  /** Goes on from the next state; once enough were gone on from, with steps that are learned. */
  #takes(state: number): boolean {
    const { twin, learnsAfter = LEARNS_AFTER } = this.#options;
    if (twin !== undefined && state === learnsAfter) this.#steps = this.#learn(twin);
    return this.#frontier.take(this.#from);
  }

  /** Every event that may be next, with every answer to what it asks. */
  #goOn(state: number): void {
    const steps = this.#steps;
    let via = 0;
    this.#every.begin();
    do {
      steps.goBack(this.#from, via > 0);
      const happened = steps.goOn();
      steps.hash(this.#state);
      if (!happened && this.#visited.find(this.#state.low, this.#state.high) === state) {
        this.#shown()?.ends();
        return;
      }
      this.#reached(state, via++);
    } while (this.#every.next());
  }

  /** The end of the time is the last event. */
  #reached(state: number, via: number): void {
    const { exposed, opened } = this.#steps;
    const diverges = ((exposed | opened) & this.#counted) !== 0;
    // What has closed again is told of each event, what is to be seen of each state.
    if ((opened & ~exposed) !== 0) this.#tellApart({ state, via }, 0, opened & ~exposed);
    if (diverges) {
      this.#first ??= { state, via };
      this.#shown()?.diverges();
    }
    const known = this.#visited.count;
    const to = this.#visited.add(this.#state.low, this.#state.high);
    this.#graph.event(to, diverges);
    if (to !== known) return;
    this.#graph.met(state, via);
    this.#shown()?.meets?.();
    this.#steps.save(this.#state);
    this.#frontier.add(this.#state);
    if (exposed === 0 || this.#options.kinds === undefined) return;
    if (this.#steps !== this.#plain) this.#options.world.restore(this.#state);
    this.#tellApart({ state, via }, exposed, 0);
  }

  /** Whoever watches looks at the world. */
  #shown(): SearchWatcher | undefined {
    const { watch, world } = this.#options;
    if (watch === undefined || this.#steps === this.#plain) return watch;
    this.#steps.save(this.#state);
    world.restore(this.#state);
    return watch;
  }

  /** The world stands where the search does, or nothing is to be seen there. */
  #tellApart(event: Event, exposed: number, opened: number): void {
    const fresh = this.#options.kinds?.fresh(exposed, opened) ?? [];
    for (const kind of fresh) this.#firsts.push({ kind, event });
  }

  #wayTo({ state, via }: Event): Way {
    const way = [...this.#graph.wayTo(state), via];
    return { steps: this.#options.lead + way.length, choices: this.#choicesOf(way) };
  }

  /** The answers along a way, as a replay wants them. */
  #choicesOf(way: readonly number[]): Choice[] {
    const { world, until } = this.#options;
    this.#start(world);
    const asked = [...this.#asked];
    for (const via of way) {
      this.#every.begin();
      for (let n = 0; n <= via; n++) {
        if (n > 0) this.#every.next();
        world.restore(this.#state);
        world.advance(until);
      }
      asked.push(...this.#every.asked());
      world.save(this.#state);
    }
    return numbered(asked);
  }
}

/** Each question gets its number in its stream. */
function numbered(asked: readonly Asked[]): Choice[] {
  const counts = new Map<string, number>();
  return asked.map((question) => {
    const n = counts.get(question.stream) ?? 0;
    counts.set(question.stream, n + 1);
    return { ...question, n };
  });
}
