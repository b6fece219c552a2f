/**
 * Whether a buffer may be stored to now: functions that look for a place to change ask before they
 * change it, as a kernel would that takes the buffer's lock first.
 */
export type Admits = (block: number) => boolean;

/** The answer of a function that came to a buffer that may not; it has changed nothing. */
export const IS_BUSY = -1;

export function anyBlock(): boolean {
  return true;
}
