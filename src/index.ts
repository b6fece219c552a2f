/** What other programs may use: scenarios in, outcomes out, and the seam that a strategy fills. */
export { experiment } from './lab/experiment.js';
export { laboratory, type Laboratory } from './lab/laboratory.js';
export type { Outcome, Verdict } from './lab/outcome.js';
export { ownStrategy, type OwnStrategy } from './lab/own-strategy.js';
export { Runner } from './lab/runner.js';
export { StrategyFault } from './machine/strategy.js';
export type {
  Cause,
  Choose,
  FixStrategy,
  Period,
  StrategySource,
  Then,
} from './machine/strategy.js';
export type { RecordKind } from './media/record-format.js';
export { loadScenario, type Loaded } from './scenario/load.js';
export { formatProblem, type Problem } from './scenario/problem.js';
export type { Scenario } from './scenario/scenario.js';
export type { Choice, Entropy, Stream } from './sim/entropy.js';
export { recorded, replay, scheduleOf, scheduled } from './sim/recording.js';
export { seeded } from './sim/seeded.js';
export { milliseconds, seconds, type Duration } from './sim/time.js';
export { SHIPPED, strategyNamed } from './strategies/shipped.js';
