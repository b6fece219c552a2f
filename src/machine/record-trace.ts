/** What a write of the record changes, gathered for a listener while kmirrord prepares it. */
import type { Happening } from './happening.js';
import type { Agenda } from '../sim/agenda.js';
import type { Trace } from '../sim/trace.js';

export class RecordTrace {
  readonly #trace: Trace<Happening>;
  readonly #agenda: Agenda;
  readonly #marked: number[] = [];
  readonly #cleared: number[] = [];
  /** Bound, so that it can be handed on. */
  readonly cleared = (region: number): void => {
    if (this.#trace.listening) this.#cleared.push(region);
  };

  constructor(trace: Trace<Happening>, agenda: Agenda) {
    this.#trace = trace;
    this.#agenda = agenda;
  }

  reset(): void {
    this.#marked.length = 0;
    this.#cleared.length = 0;
  }

  marked(region: number): void {
    if (this.#trace.listening) this.#marked.push(region);
  }

  /** The write is durable. */
  landed(): void {
    if (!this.#trace.listening) return;
    this.#trace.tell({
      kind: 'log-landed',
      at: this.#agenda.now,
      actor: 'log',
      marked: this.#marked.splice(0),
      cleared: this.#cleared.splice(0),
    });
  }
}
