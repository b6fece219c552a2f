/**
 * What a schema says when it refuses a value. zod's one channel for it is a text, so the parts
 * travel as JSON; nothing shows that text to anybody.
 */

export interface Refusal {
  /** Follows the word "expected". */
  readonly expected: string;
  /** Words of which one may have been meant. */
  readonly among?: readonly string[];
  /** What was meant, where the schema can tell. */
  readonly hint?: string | undefined;
  /** In place of a description of the value. */
  readonly found?: string;
  /** The key is wrong, not what stands under it. */
  readonly atKey?: boolean;
}

export function refusal(parts: Refusal): string {
  return JSON.stringify(parts);
}

/** Throws on a text that no schema of ours wrote: a rule without a refusal is our bug. */
export function readRefusal(message: string): Refusal {
  const parts: unknown = JSON.parse(message);
  if (!isRefusal(parts)) throw new TypeError(`not a refusal: ${message}`);
  return parts;
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'expected' in value;
}
