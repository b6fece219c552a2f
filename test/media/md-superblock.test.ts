import { expect, it } from 'vitest';
import { SUPERBLOCK_AT, isActiveSuperblock } from '../../src/media/md-superblock.js';

it.each([
  ['to the end', 0xffffffff, 0xffffffff, false],
  ['not at all', 0, 0, true],
  ['for 2^32-1 sectors', 0xffffffff, 0, true],
  ['to one of the last 2^32 sectors', 0, 0xffffffff, true],
])('an array that is in sync %s says so', (_, low, high, active) => {
  const view = new DataView(new ArrayBuffer(2 * SUPERBLOCK_AT));
  view.setUint32(SUPERBLOCK_AT + 208, low, true);
  view.setUint32(SUPERBLOCK_AT + 212, high, true);
  expect(isActiveSuperblock(view)).toBe(active);
});
