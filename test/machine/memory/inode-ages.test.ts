/** How old an inode is that is dirtied while it is written, and what sync() has to do with it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { DIRTY_PAGES, type DirtyInodes } from '../../../src/machine/memory/dirty-inodes.js';
import { Aging } from './aging.js';

const A = 1;
const B = 2;

describe('an inode that is dirtied while it is written', () => {
  let aging: Aging;
  let dirty: DirtyInodes;
  let expiries: readonly number[];

  beforeEach(() => {
    aging = new Aging();
    ({ dirty, expiries } = aging);
  });

  const passTo = (second: number): void => {
    aging.passTo(second);
  };

  it('keeps its age when nobody on the list is younger', () => {
    dirty.mark(B, DIRTY_PAGES);
    passTo(10);
    dirty.mark(A, DIRTY_PAGES);
    passTo(20);
    dirty.beginSync(A);
    dirty.mark(A, DIRTY_PAGES);
    dirty.endSync(A, false);
    passTo(100);
    expect(expiries).toEqual([30, 40]);
  });

  it('has an age of its own when sync() comes to it while it is clean', () => {
    dirty.mark(A, DIRTY_PAGES);
    dirty.beginSync(A);
    dirty.endSync(A, false);
    passTo(35);
    dirty.beginSync(A);
    passTo(36);
    dirty.mark(A, DIRTY_PAGES);
    passTo(37);
    dirty.endSync(A, false);
    passTo(100);
    expect(expiries).toEqual([65]);
  });

  it.each(['clean', 'dirty'])('was %s and has its age from when sync() held it', (was) => {
    dirty.mark(A, DIRTY_PAGES);
    passTo(35);
    dirty.beginSync(A);
    if (was === 'dirty') dirty.mark(A, DIRTY_PAGES);
    passTo(36);
    dirty.endSync(A, false, true);
    passTo(37);
    dirty.beginSync(A);
    dirty.mark(A, DIRTY_PAGES);
    passTo(38);
    dirty.endSync(A, false);
    passTo(100);
    expect(expiries).toEqual([30, 66]);
  });

  it('that sync() held leaves nothing behind in the end', () => {
    const nothing = aging.held();
    passTo(1);
    dirty.beginSync(A);
    dirty.endSync(A, false, true);
    dirty.beginSync(A);
    dirty.endSync(A, false);
    expect(aging.held()).toEqual(nothing);
  });
});
