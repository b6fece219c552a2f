/**
 * md's lockless bitmap: a daemon that cleans what has been idle for 5 s, 30 s after the first mark.
 *
 * Follows: drivers/md/md-llbitmap.c of 6.18: the first mark arms the daemon; when it runs, a page
 * of the bitmap that was not used for 5 s is cleaned, and else the daemon is armed again.
 * Models: a page of the bitmap as 4096 chunks, a byte each; it is idle when all of them are.
 */
import type { StrategyParameters } from './parameters.js';
import type { FixStrategy } from '../machine/strategy.js';
import { seconds } from '../sim/time.js';

const KiB = 2 ** 10;
const CHUNK = 64 * KiB;
/** How long after the first mark the daemon runs. */
const DAEMON_SLEEP = seconds(30);
/** `barrier_idle`: what was not used for so long counts as idle. */
const BARRIER_IDLE = seconds(5);
const CHUNKS_A_PAGE = 4096;

const IDLE = 0;
const USED = 1;

export function mdLlbitmap({
  granule = CHUNK,
  period = DAEMON_SLEEP,
  idle = BARRIER_IDLE,
}: StrategyParameters = {}): FixStrategy {
  return {
    name: 'md-llbitmap',
    summary: "md's lockless bitmap: every 30 s a daemon cleans what has been idle for 5 s.",
    costs: 'chunks stay marked for 30 s and more',
    assumes: 'that completed writes left the legs equal, or that 30 s mend it',
    record: 'md-llbitmap',
    granule,
    period: { every: period, from: 'first-mark' },
    patience: period,
    remembers: 1,
    region(cause, region, used) {
      switch (cause) {
        case 'written':
          used[region] = USED;
          return 'hold';
        case 'drained':
          return idle;
        case 'aged':
          used[region] = IDLE;
          return 'hold';
        case 'period':
          return isPageIdle(region, used) ? 'clear' : 'hold';
        default:
          return 'hold';
      }
    },
  };
}

/** Whether no chunk that shares the page of the bitmap was used within the idle time. */
function isPageIdle(region: number, used: Int32Array): boolean {
  const from = region - (region % CHUNKS_A_PAGE);
  const at = used.indexOf(USED, from);
  return at === -1 || at >= from + CHUNKS_A_PAGE;
}
