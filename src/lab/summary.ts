/** From a world's meters to the plain data of an outcome. */
import type { Divergence } from '../aftermath/judge.js';
import type { Harm } from '../aftermath/harm.js';
import { MOST_WINDOWS, type Exposure } from '../machine/exposure.js';
import type { OutcomeName } from '../scenario/scenario.js';
import type { Exposed } from './outcome.js';

export function exposureOf(exposure: Exposure, durationNs: number): Exposed {
  const kept = Math.min(exposure.windowCount, MOST_WINDOWS);
  return {
    fraction: exposure.totalNs / durationNs,
    windows: Array.from({ length: kept }, (_, n) => exposure.window(n)),
    windowCount: exposure.windowCount,
  };
}

/** The gravest thing that happened. */
export function outcomeNameOf(
  exposure: Exposed,
  divergence: readonly Divergence[],
  harm: readonly Harm[],
): OutcomeName {
  if (harm.length > 0) return 'harmed';
  if (divergence.length > 0) return 'diverged';
  return exposure.windowCount > 0 ? 'exposed' : 'clean';
}
