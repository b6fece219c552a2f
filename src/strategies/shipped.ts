/** The strategies that come with the program, in the order in which tables show them. */
import { clearWhenIdle } from './clear-when-idle.js';
import { markUntilUnmount } from './mark-until-unmount.js';
import type { FixStrategy } from '../machine/strategy.js';

export const SHIPPED: readonly FixStrategy[] = [clearWhenIdle, markUntilUnmount];

export function strategyNamed(name: string): FixStrategy | undefined {
  return SHIPPED.find((strategy) => strategy.name === name);
}
