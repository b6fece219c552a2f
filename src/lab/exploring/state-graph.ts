/**
 * What was found: states by number and the events that lead from one to the next.
 *
 * States are gone on from in the order of their numbers, so the events of one stand side by side.
 */
import { Growing } from '../../sim/growing.js';
import type { Paths } from './search.js';

export class StateGraph {
  /** By state: the one from which it was met first, and by which of its events. */
  readonly #parents = new Growing();
  readonly #via = new Growing();
  /** By state that was gone on from: where its events start. */
  readonly #starts = new Growing();
  /** By event: where it leads, doubled; odd: a crash right after it ends in divergence. */
  readonly #events = new Growing();

  /** A state was met for the first time. */
  met(parent: number, via: number): void {
    this.#parents.push(parent);
    this.#via.push(via);
  }

  /** From here on events are those of the next state. */
  goOn(): void {
    this.#starts.push(this.#events.length);
  }

  event(to: number, isDivergent: boolean): void {
    this.#events.push(to * 2 + (isDivergent ? 1 : 0));
  }

  /** Which event leads on from each state on the shortest way to this one. */
  wayTo(state: number): number[] {
    const way: number[] = [];
    for (let at = state; at !== 0; at = this.#parents.values[at]!) way.push(this.#via.values[at]!);
    return way.reverse();
  }

  get events(): number {
    return this.#events.length;
  }

  /**
   * Counts ways without walking them: each state has as many as the states before it together.
   * undefined: there is a circle, so that ways have no end.
   */
  paths(): Paths | undefined {
    const states = this.#starts.length;
    const waits = new Int32Array(states);
    for (let e = 0; e < this.#events.length; e++) waits[this.#events.values[e]! >>> 1]!++;
    const ways = new Float64Array(states);
    const ready = new Int32Array(states);
    let known = 1;
    ways[0] = 1;
    let schedules = 0;
    let crashPoints = 0;
    let divergentCrashPoints = 0;
    if (waits[0] !== 0) return undefined;
    for (let n = 0; n < known; n++) {
      const state = ready[n]!;
      const own = ways[state]!;
      const from = this.#starts.values[state]!;
      const end = this.#endOf(state);
      crashPoints += own;
      if (from === end) schedules += own;
      for (let e = from; e < end; e++) {
        const event = this.#events.values[e]!;
        const to = event >>> 1;
        if ((event & 1) === 1) divergentCrashPoints += own;
        ways[to]! += own;
        if (--waits[to]! === 0) ready[known++] = to;
      }
    }
    return known === states ? { schedules, crashPoints, divergentCrashPoints } : undefined;
  }

  /** The same of ways with at most so many events, circles or not. */
  pathsWithin(steps: number): Paths {
    const states = this.#starts.length;
    let ways = new Float64Array(states);
    ways[0] = 1;
    const found = { schedules: 0, crashPoints: 0, divergentCrashPoints: 0 };
    for (let step = 0; step <= steps; step++) {
      const next = new Float64Array(states);
      for (let state = 0; state < states; state++) {
        const own = ways[state]!;
        if (own === 0) continue;
        const end = this.#endOf(state);
        found.crashPoints += own;
        if (step === steps) continue;
        if (this.#starts.values[state] === end) found.schedules += own;
        for (let e = this.#starts.values[state]!; e < end; e++) {
          const event = this.#events.values[e]!;
          if ((event & 1) === 1) found.divergentCrashPoints += own;
          next[event >>> 1]! += own;
        }
      }
      ways = next;
    }
    return found;
  }

  #endOf(state: number): number {
    const isLast = state + 1 === this.#starts.length;
    return isLast ? this.#events.length : this.#starts.values[state + 1]!;
  }
}
