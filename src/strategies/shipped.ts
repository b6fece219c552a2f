/** The strategies that come with the program, in the order in which tables show them. */
import { activityLog } from './activity-log.js';
import { bounceCopy } from './bounce-copy.js';
import { checksumCompare } from './checksum-compare.js';
import { cleanCandidate } from './clean-candidate.js';
import { clearAfterPeriod } from './clear-after-period.js';
import { clearWhenIdle } from './clear-when-idle.js';
import { copyOnStore } from './copy-on-store.js';
import { coreLog } from './core-log.js';
import { lockPages } from './lock-pages.js';
import { markUntilUnmount } from './mark-until-unmount.js';
import { mdBitmap } from './md-bitmap.js';
import { mdLlbitmap } from './md-llbitmap.js';
import { mdSafemode } from './md-safemode.js';
import type { StrategyParameters } from './parameters.js';
import type { FixStrategy } from '../machine/strategy.js';

type Make = (parameters: StrategyParameters, kernel: string) => FixStrategy;

/**
 * Kernels whose md clears a bit a run of the daemon earlier: `bitmap_daemon_work` of 3.0 is that of
 * 2.6.25, that of 3.6 is already that of 6.1 (drivers/md/bitmap.c of each).
 */
const EARLIER: ReadonlySet<string> = new Set(['linux-2.6.25', 'linux-3.0']);

const MAKERS: readonly Make[] = [
  () => clearWhenIdle,
  () => lockPages,
  () => markUntilUnmount,
  clearAfterPeriod,
  cleanCandidate,
  () => bounceCopy,
  () => copyOnStore,
  () => checksumCompare,
  activityLog,
  (parameters, kernel) => mdBitmap(parameters, EARLIER.has(kernel) ? 2 : 3),
  () => mdSafemode,
  mdLlbitmap,
  () => coreLog,
];

export const SHIPPED: readonly FixStrategy[] = MAKERS.map((make) => make({}, 'linux-2.6.25'));

export function strategyNamed(name: string): FixStrategy | undefined {
  return SHIPPED.find((strategy) => strategy.name === name);
}

/** A shipped strategy as a scenario and its kernel have it; one of a user's own as it is. */
export function tuned(
  strategy: FixStrategy,
  parameters: StrategyParameters,
  kernel: string,
): FixStrategy {
  return MAKERS[SHIPPED.indexOf(strategy)]?.(parameters, kernel) ?? strategy;
}
