import { tunedBy, type Tuning } from './tuning.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { Scenario } from '../scenario/scenario.js';
import { formatDuration } from '../sim/time.js';

/** What a strategy that goes by time could not show in so short a run; undefined: it could. */
export function tooShortFor(
  strategy: FixStrategy,
  scenario: Tuning & Pick<Scenario, 'duration'>,
): string | undefined {
  const { duration } = scenario;
  const { patience } = tunedBy(scenario, strategy);
  if (patience === undefined || patience * 2 <= duration) return undefined;
  const [least, ran] = [formatDuration(patience), formatDuration(duration)];
  return `nothing could be cleared: that takes ${least}, more than half of a run of ${ran}`;
}
