/**
 * In what pieces a region is copied, while the machine runs and after a crash.
 *
 * Follows: drivers/md/kcopyd.c of 2.6.25, `SUB_JOB_SIZE` and `SPLIT_COUNT`.
 */

/** 64 KiB. */
export const SUB_JOB_SECTORS = 128;
/** How many are under way at once. */
export const SUB_JOBS = 8;
