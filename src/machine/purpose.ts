/** What a request to the legs is for: its row in the table says which. */
import { READS_FROM } from '../media/leg.js';

/** Pages of the page cache, or buffers. */
export const PAGE_WRITE = 1;
/** What kcopyd has read from the source leg. */
export const RECOVERY_WRITE = 2;
/** An application's own buffer (O_DIRECT). */
export const DIRECT_WRITE = 3;

export const RECOVERY_READ = READS_FROM;
/** Of the cache of every leg, before the record calls anything clean: transfers nothing. */
export const CACHE_FLUSH = READS_FROM + 1;
