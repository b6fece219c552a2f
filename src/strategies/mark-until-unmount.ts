/**
 * A region that was written stays marked until the file system is unmounted.
 *
 * Proposed by: Mikulas Patocka, dm-devel, 2 April 2008, idea 2 ("simplest fix").
 */
import type { FixStrategy } from '../machine/strategy.js';

export const markUntilUnmount: FixStrategy = {
  name: 'mark-until-unmount',
  summary: 'Idea 2 of the mail: a region that was written stays marked until unmount.',
  costs: 'after a crash every region that was ever written is copied',
  assumes: 'nothing about who writes memory and when',
  record: 'dm-log',
  region: () => 'hold',
};
