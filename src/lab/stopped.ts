/**
 * Runs that came to no end: at a limit, by the fault of their strategy, or because fixed choices do
 * not fit their questions. No bug of ours.
 */
import { factsOf } from './facts.js';
import type { Laboratory } from './laboratory.js';
import type { Outcome } from './outcome.js';
import { NotModelled } from '../machine/operation.js';
import { TooManyCopies } from '../machine/mirror/private-copies.js';
import { StrategyFault } from '../machine/strategy.js';
import { TooManyEvents } from '../machine/world.js';
import { TooManyRequests } from '../media/requests.js';
import { TooManySectors } from '../media/sector-pool.js';
import { AnswersDoNotFit } from '../sim/recording.js';

export function isStop(error: unknown): error is Error {
  return (
    error instanceof AnswersDoNotFit ||
    error instanceof TooManyEvents ||
    error instanceof TooManyRequests ||
    error instanceof TooManySectors ||
    error instanceof TooManyCopies ||
    error instanceof NotModelled ||
    error instanceof StrategyFault
  );
}

/** The outcome of a run that stopped there. */
export function stoppedAt(lab: Laboratory, reason: string): Outcome<never> {
  return {
    ...factsOf(lab),
    verdict: 'ERROR',
    reasons: [reason],
    outcome: 'clean',
    simulatedNs: lab.world.now,
    exposure: {
      fraction: 0,
      windows: [],
      windowCount: 0,
      byApplication: { fraction: 0, windowCount: 0 },
    },
    crash: undefined,
    recovery: undefined,
    aftermath: [],
    divergence: [],
    harm: [],
  };
}
