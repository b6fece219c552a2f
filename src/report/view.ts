/** What is handed in besides an outcome: colours, and how much room there is. */
import type { Outcome } from '../lab/outcome.js';
import type { Paint } from './paint.js';

export interface View {
  readonly paint: Paint;
  /** Columns of the terminal; what does not fit is wrapped. */
  readonly width: number;
}

/** A run as reports tell it: what came of it, and the command that repeats it. */
export interface Run extends Outcome {
  readonly repeat: string;
}

/** What is told of a run that is one of many. */
export type ToldRun = Pick<
  Run,
  'scenario' | 'strategy' | 'strategySource' | 'seed' | 'verdict' | 'outcome' | 'reasons' | 'repeat'
>;
