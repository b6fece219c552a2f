/**
 * What is done for a write when it is submitted to the mirror and when it is on all legs: its
 * latency is taken, and as the strategy wants it the write is copied, or its blocks are summed.
 */
import type { BlockSums } from './block-sums.js';
import type { PrivateCopies } from './private-copies.js';
import type { WriteLatency } from './write-latency.js';
import type { Agenda } from '../../sim/agenda.js';

export interface InFlightParts {
  readonly latency: WriteLatency;
  readonly copies: PrivateCopies | undefined;
  /** Whether a write is copied when it is submitted, or by the first store that would change it. */
  readonly copiesAll: boolean;
  readonly sums: BlockSums | undefined;
  readonly agenda: Agenda;
}

export class InFlight {
  readonly #parts: InFlightParts;

  constructor(parts: InFlightParts) {
    this.#parts = parts;
  }

  submitted(request: number): void {
    const { latency, copies, copiesAll, sums, agenda } = this.#parts;
    latency.submitted(request, agenda.now);
    if (copiesAll) copies?.copy(request);
    sums?.submitted(request);
  }

  completed(request: number): void {
    const { latency, copies, sums, agenda } = this.#parts;
    latency.completed(request, agenda.now);
    copies?.release(request);
    sums?.completed(request);
  }

  /** Whether some block of the region is known to have changed under its last write. */
  hasChanged(region: number): boolean {
    return this.#parts.sums?.hasChanged(region) ?? false;
  }
}
