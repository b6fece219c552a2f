/**
 * The seam that a fix fills: what the region log may forget, and when.
 *
 * A strategy is asked about one region at a time and answers with one word; the host walks the
 * regions, keeps the order of writes and obeys. A strategy is a function of its arguments: it
 * remembers nothing of its own.
 */
import type { RecordKind } from '../media/record.js';

/** Why the host asks: the last write in flight to the region has completed on all legs. */
export type Cause = 'drained';

/** What becomes of the region's durable mark. `hold`: it stays. */
export type Then = 'clear' | 'hold';

export interface FixStrategy {
  /** As it is written in scenarios and tables. */
  readonly name: string;
  /** One sentence: who proposed it and what it does. */
  readonly summary: string;
  readonly record: RecordKind;
  region(cause: Cause, region: number): Then;
}
