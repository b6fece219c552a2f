/** What kind of failure a run showed: two runs with the same one failed alike. */
import type { HarmKind } from '../aftermath/steps.js';
import type { OutcomeName } from './scenario.js';

export const FAILURES = ['exposed', 'diverged', 'harmed'] as const;

export interface FailureClass {
  readonly outcome: Exclude<OutcomeName, 'clean'>;
  /** Of what was harmed: the gravest kind. */
  readonly harm: HarmKind | undefined;
  /** Of what diverged: whose sector the first one was, without its number: `block bitmap`. */
  readonly block: string | undefined;
}
