/**
 * One system call under way in a thread, as a small state machine.
 *
 * A step does what the kernel does between two points at which the thread can be preempted or has
 * to wait.
 */

/** The thread can be preempted here, for as long as preempted threads may be gone. */
export const PREEMPTIBLE = 0;
/** The thread goes on at once; another task that is due now may come first. */
export const AT_ONCE = 1;
/** The thread waits; whoever it waits for arms it. */
export const WAITING = 2;
/** The call has returned. */
export const RETURNED = 3;

export interface Operation {
  step(): number;
  /** Whether nobody sees the next step: see unseen.ts. */
  readonly isUnseen?: boolean;
}

/**
 * What a thread asked of the file system cannot be done in this model: a limit of the run, not a
 * bug.
 */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}
