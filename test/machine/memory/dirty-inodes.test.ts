import { beforeEach, describe, expect, it } from 'vitest';
import {
  BLOCK_DEVICE,
  DIRTY_INODE,
  DIRTY_PAGES,
  type DirtyInodes,
} from '../../../src/machine/memory/dirty-inodes.js';
import { Aging } from './aging.js';

const A = 1;
const B = 2;
const C = 3;

describe('dirty inodes', () => {
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

  describe('a dirty inode', () => {
    it('expires 30 seconds after it first became dirty', () => {
      passTo(7);
      dirty.mark(A, DIRTY_PAGES);
      passTo(36.999);
      expect(dirty.isExpired(A)).toBe(false);
      passTo(37);
      expect(dirty.isExpired(A)).toBe(true);
      expect(expiries).toEqual([37]);
    });

    it('ages on whatever is dirtied in it later', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(20);
      dirty.mark(A, DIRTY_INODE);
      dirty.mark(A, DIRTY_PAGES);
      passTo(40);
      expect(expiries).toEqual([30]);
      expect(dirty.isDirty(A, DIRTY_INODE)).toBe(true);
    });

    it('ages on behind an older one, too', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(5);
      dirty.mark(B, DIRTY_PAGES);
      passTo(20);
      dirty.mark(B, DIRTY_PAGES);
      passTo(60);
      expect(expiries).toEqual([30, 35]);
    });

    it('is clean as soon as its sync begins, and off the list', () => {
      dirty.mark(A, DIRTY_PAGES | DIRTY_INODE);
      passTo(31);
      dirty.beginSync(A);
      expect(dirty.isDirty(A, DIRTY_PAGES | DIRTY_INODE)).toBe(false);
      expect([dirty.isListed(A), dirty.isExpired(A), dirty.isSyncing(A)]).toEqual([
        false,
        false,
        true,
      ]);
      dirty.endSync(A, false);
      expect([dirty.isSyncing(A), dirty.files.length]).toEqual([false, 0]);
    });

    it('ages anew when it is dirtied after its sync', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(35);
      dirty.beginSync(A);
      dirty.endSync(A, false);
      passTo(36);
      dirty.mark(A, DIRTY_PAGES);
      passTo(100);
      expect(expiries).toEqual([30, 66]);
    });

    it('is not listed while its sync is under way, and goes to the tail of its list when that ends', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(1);
      dirty.mark(B, DIRTY_PAGES);
      passTo(35);
      dirty.beginSync(A);
      dirty.mark(A, DIRTY_PAGES);
      expect(dirty.isListed(A)).toBe(false);
      passTo(36);
      dirty.endSync(A, false);
      expect(dirty.files.oldest).toBe(B);
      passTo(65.5);
      expect(dirty.isExpired(A)).toBe(false);
      passTo(66);
      expect(dirty.isExpired(A)).toBe(true);
    });

    it('keeps its age when the list is empty: it has nobody to stand behind (redirty_tail)', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(35);
      dirty.beginSync(A);
      dirty.mark(A, DIRTY_PAGES);
      passTo(36);
      dirty.endSync(A, false);
      passTo(36.001);
      expect(dirty.isExpired(A)).toBe(true);
      expect(expiries).toEqual([30, 36]);
    });

    it('stays dirty when pages of it were skipped', () => {
      dirty.mark(A, DIRTY_PAGES);
      dirty.beginSync(A);
      dirty.endSync(A, true);
      expect(dirty.isDirty(A, DIRTY_PAGES)).toBe(true);
      expect(dirty.files.length).toBe(1);
    });

    it('is as old as it was, and comes first, when pdflush will try it again (requeue_io)', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(1);
      dirty.mark(B, DIRTY_PAGES);
      passTo(30);
      dirty.beginSync(A);
      dirty.endSyncRequeued(A);
      expect([dirty.files.oldest, dirty.files.expired, dirty.files.length]).toEqual([A, 1, 2]);
      expect([dirty.isListed(A), dirty.isSyncing(A)]).toEqual([true, false]);
      passTo(60);
      expect(expiries).toEqual([30, 31]);
      dirty.beginSync(A);
      expect(dirty.files.oldest).toBe(B);
    });

    it('is not dirtied while it is synced where its pages tell all', () => {
      for (const pagesTellAll of [false, true]) {
        dirty = new Aging(pagesTellAll).dirty;
        dirty.mark(A, DIRTY_PAGES);
        dirty.beginSync(A);
        dirty.mark(A, DIRTY_PAGES);
        expect(dirty.isDirty(A, DIRTY_PAGES)).toBe(!pagesTellAll);
        dirty.endSync(A, true);
        expect(dirty.isDirty(A, DIRTY_PAGES)).toBe(true);
      }
    });

    it('is synced to the end when its file goes meanwhile', () => {
      dirty.mark(A, DIRTY_PAGES);
      dirty.beginSync(A);
      dirty.forget(A);
      expect(dirty.isSyncing(A)).toBe(true);
      dirty.endSync(A, false);
      expect([dirty.isSyncing(A), dirty.isListed(A)]).toEqual([false, false]);
    });

    it('leaves nothing behind once it is clean, or gone', () => {
      const nothing = aging.held();
      for (const end of ['sync', 'forget'] as const) {
        passTo(aging.second + 1);
        for (const inode of [A, B, C]) dirty.mark(inode, DIRTY_PAGES | DIRTY_INODE);
        passTo(aging.second + 31);
        for (const inode of [B, C, A]) {
          if (end === 'forget') dirty.forget(inode);
          else {
            dirty.beginSync(inode);
            dirty.endSync(inode, false);
          }
        }
        expect(aging.held()).toEqual(nothing);
      }
    });

    it('is on a list before it is taken from it', () => {
      dirty.mark(A, DIRTY_PAGES);
      for (const list of [dirty.files, dirty.device]) {
        expect(() => {
          list.remove(BLOCK_DEVICE);
        }).toThrow('is on no list');
      }
    });

    it('is synced by one at a time', () => {
      dirty.mark(A, DIRTY_PAGES);
      dirty.beginSync(A);
      expect(() => {
        dirty.beginSync(A);
      }).toThrow('synced by two');
    });

    it('is forgotten with its file, and never expires', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(1);
      dirty.mark(B, DIRTY_PAGES);
      dirty.forget(A);
      passTo(50);
      expect(expiries).toEqual([31]);
      expect(dirty.files.length).toBe(1);
    });
  });

  describe('the lists', () => {
    it('hold inodes oldest first, each with an expiry of its own', () => {
      for (const inode of [B, A, C]) {
        dirty.mark(inode, DIRTY_PAGES);
        passTo(aging.second + 1);
      }
      expect([dirty.files.oldest, dirty.files.expired, dirty.files.length]).toEqual([B, 0, 3]);
      passTo(31);
      expect(dirty.files.expired).toBe(2);
      passTo(60);
      expect(expiries).toEqual([30, 31, 32]);
    });

    it('are one for files and one for the block device', () => {
      dirty.mark(BLOCK_DEVICE, DIRTY_PAGES);
      passTo(3);
      dirty.mark(A, DIRTY_PAGES);
      expect([dirty.device.oldest, dirty.device.length, dirty.files.length]).toEqual([
        BLOCK_DEVICE,
        1,
        1,
      ]);
      passTo(60);
      expect(expiries).toEqual([30, 33]);
    });

    it('go on with the next inode when the oldest one leaves', () => {
      dirty.mark(A, DIRTY_PAGES);
      passTo(5);
      dirty.mark(B, DIRTY_PAGES);
      passTo(10);
      dirty.beginSync(A);
      dirty.endSync(A, false);
      expect(dirty.files.oldest).toBe(B);
      passTo(60);
      expect(expiries).toEqual([35]);
    });
  });
});
