/**
 * Writes one page by itself.
 *
 * Follows: mm/vmscan.c of 2.6.25 `pageout`; fs/buffer.c `__block_write_full_page` (nonblocking, as
 * reclaim asks): a request a buffer, for pages of files too, and a buffer that is locked leaves the
 * page dirty.
 */
import type { Lru } from './lru.js';
import { NO_BUFFER, type PageCache } from './page-cache.js';

/** What comes of a page: it is under write, it was clean after all, or it stays dirty. */
export const PAGE_SUBMITTED = 0;
const PAGE_CLEAN = 1;
export const PAGE_KEPT = 2;

/** `page`: its number in the lists of `lru`. */
export function pageOut(actor: string, cache: PageCache, lru: Lru, page: number): number {
  const inode = lru.inodeOf(page);
  const index = lru.indexOf(page);
  cache.clearPageDirty(inode, index);
  let submitted = false;
  let skipped = false;
  for (let n = 0; n < cache.blocksPerPage; n++) {
    const block = cache.bufferOf(inode, index, n);
    if (block === NO_BUFFER || !cache.isDirty(block)) continue;
    if (cache.isLocked(block)) {
      skipped = true;
      continue;
    }
    cache.lockForWrite(block, true);
    lru.reclaimOnceWritten(page, block);
    cache.submit(actor, inode, block, 1);
    submitted = true;
  }
  if (skipped) cache.redirtyPage(inode, index);
  if (submitted) return PAGE_SUBMITTED;
  return skipped ? PAGE_KEPT : PAGE_CLEAN;
}
