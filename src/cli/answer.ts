/** What a thread of its own made of one piece of work, or why it could not. */
import { RunStopped } from '../lab/run-stopped.js';
import { whatIsLeft } from './own/what-is-left.js';

/** Plain data that can be sent. */
export type Answer<T> =
  | { readonly kind: 'made'; readonly made: T }
  | Left
  | { readonly kind: 'threw'; readonly message: string; readonly stack: string };

/** It cannot be, and why. */
export interface Left {
  readonly kind: 'left';
  readonly why: string;
}

export async function answerOf<T>(work: () => T): Promise<Answer<T>> {
  try {
    const made = work();
    await whatIsLeft();
    return { kind: 'made', made };
  } catch (error) {
    if (error instanceof RunStopped) return { kind: 'left', why: error.message };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'threw', message, stack };
  }
}
