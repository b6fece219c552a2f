/**
 * How few pages may be free before memory is reclaimed, and how many may be dirty.
 *
 * Follows: mm/page_alloc.c of 2.6.25 `init_per_zone_pages_min`, `setup_per_zone_pages_min`;
 * mm/page-writeback.c `get_dirty_limits`, `writeback_set_ratelimit`.
 * Models: one zone, one processor, one backing device that has the whole limit to itself.
 * Leaves out: highmem, `lowmem_reserve_ratio`, the slow start of a device's share of the limit,
 * files that are mapped (NR_FILE_MAPPED) in the ratio of what is not.
 */
import { PAGE_BYTES } from '../../media/geometry.js';

export interface Watermarks {
  /** Below it whoever takes a page reclaims some first. */
  readonly min: number;
  /** Below it kswapd is woken. */
  readonly low: number;
  /** It goes on until so many are free. */
  readonly high: number;
}

const PAGE_KIB = PAGE_BYTES / 1024;
const LEAST_KIB = 128;
const MOST_KIB = 65_536;

export function watermarksOf(pages: number): Watermarks {
  // int_sqrt; Math.sqrt is exact where the root is whole, and rounds to no other whole number.
  const root = Math.floor(Math.sqrt(pages * PAGE_KIB * 16));
  const min = Math.floor(Math.min(MOST_KIB, Math.max(LEAST_KIB, root)) / PAGE_KIB);
  return { min, low: min + (min >> 2), high: min + (min >> 1) };
}

export interface DirtyRatios {
  /** dirty_background_ratio and vm_dirty_ratio, in percent. */
  readonly background: number;
  readonly throttle: number;
}

export const LEAST_PERCENT = 5;

/** `get_dirty_limits`: vm_dirty_ratio or half of what is not mapped, but never less than 5 %. */
export function throttlePercent(pages: number, anonymous: number, ratios: DirtyRatios): number {
  const unmapped = 100 - Math.floor((anonymous * 100) / pages);
  return Math.max(LEAST_PERCENT, Math.min(ratios.throttle, unmapped >> 1));
}

/** dirty_background_ratio, or half of the other where that is not more. */
export function backgroundPercent(throttle: number, ratios: DirtyRatios): number {
  return ratios.background < throttle ? ratios.background : throttle >> 1;
}

/** `ratelimit_pages`: how many pages are dirtied between two looks at the limits. */
export function rateLimitOf(pages: number): number {
  return Math.max(16, Math.min(1024, pages >> 5));
}
