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
import type { FixStrategy } from '../machine/strategy.js';

export const SHIPPED: readonly FixStrategy[] = [
  clearWhenIdle,
  lockPages,
  markUntilUnmount,
  clearAfterPeriod(),
  cleanCandidate(),
  bounceCopy,
  copyOnStore,
  checksumCompare,
  activityLog(),
  mdBitmap(),
  mdBitmap('md-bitmap-6.1'),
  mdSafemode,
  mdLlbitmap(),
  coreLog,
];

export function strategyNamed(name: string): FixStrategy | undefined {
  return SHIPPED.find((strategy) => strategy.name === name);
}
