/** From a world's meters to the plain data of an outcome. */
import type { Harm } from '../aftermath/harm.js';
import type { Difference } from '../aftermath/judge.js';
import { MOST_WINDOWS, type Exposure } from '../machine/mirror/exposure.js';
import type { Expectation, OutcomeName } from '../scenario/scenario.js';
import type { Exposed, ExposureWindow } from './outcome.js';

/** The meters of a world. */
interface Meters {
  readonly exposure: Exposure;
  readonly byApplication: Exposure;
}

export function exposureOf({ exposure, byApplication }: Meters, durationNs: number): Exposed {
  const kept = Math.min(exposure.windowCount, MOST_WINDOWS);
  const windows: ExposureWindow[] = [];
  for (let n = 0; n < kept; n++) windows.push(exposure.window(n));
  return {
    fraction: exposure.totalNs / durationNs,
    windows,
    windowCount: exposure.windowCount,
    byApplication: {
      fraction: byApplication.totalNs / durationNs,
      windowCount: byApplication.windowCount,
    },
  };
}

/** Whether an application's fault counts as the strategy's. */
export function countsAll(expected: Expectation | undefined): boolean {
  return expected?.applicationsFault === 'counted';
}

export function windowsCounted(exposure: Exposed, all: boolean): number {
  return exposure.windowCount + (all ? exposure.byApplication.windowCount : 0);
}

/** The gravest thing that happened; `all`: an application's fault counts. */
export function outcomeNameOf(
  exposure: Exposed,
  divergence: readonly Difference[],
  harm: readonly Harm[],
  all: boolean,
): OutcomeName {
  if (harm.some(({ byApplication }) => all || !byApplication)) return 'harmed';
  if (divergence.some(({ byApplication }) => all || !byApplication)) return 'diverged';
  return windowsCounted(exposure, all) > 0 ? 'exposed' : 'clean';
}
