/** How a first recovery goes on: region by region, eight sub-jobs at once, a lone read plugged. */
import { laboratory } from '../../src/lab/laboratory.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { toldBy } from '../support/watched-run.js';

const SLOW = drive('{ uniform: [1ms, 5ms] }', '{ uniform: [1ms, 20ms] }');

/** Three regions of sixteen sub-jobs each, read quickly and written slowly, and nothing else. */
const OUT_OF_SYNC = smallScenario(
  'duration=3s',
  'mirror.initially=out-of-sync',
  'mirror.regionSize=1MiB',
  'filesystem={ type: ext2, blockSize: 1KiB, size: 3MiB }',
  `mirror.legs=[${drive('1ms', '1ms')}, ${SLOW}, ${SLOW}]`,
  'workload={ app: [{ create: /a }] }',
);
const SUB_JOBS_A_REGION = 16;
const SUB_JOBS = 3 * SUB_JOBS_A_REGION;

/** kcopyd.c: SUB_JOB_SIZE, SPLIT_COUNT. */
const SUB_JOB_SECTORS = 128;
const AT_ONCE = 8;
/** ll_rw_blk.c `blk_queue_make_request`: unplug_delay. */
const UNPLUG_NS = 3e6;

/** A sub-job after the first eight of its region, asked for when another one is done. */
interface Asked {
  readonly at: number;
  /** Nothing is read, and nothing waits to be. */
  readonly isAlone: boolean;
}

export function wrongCopying(seed: string): string[] {
  const faults: string[] = [];
  /** Sub-jobs by number, with how many legs have yet to be written. */
  const underWay = new Map<number, number>();
  const asked: Asked[] = [];
  const counted = { begun: 0, done: 0, atOnce: 0, plugged: 0 };
  let busyUntil = 0;
  for (const told of toldBy(laboratory(OUT_OF_SYNC, clearWhenIdle), seed)) {
    if (told.kind !== 'transfer' && told.kind !== 'landed') continue;
    const { at, sector, sectors } = told;
    const number = sector / SUB_JOB_SECTORS;
    if (told.kind === 'transfer' && told.leg === 0) {
      const isNext = number === counted.begun++ && sectors === SUB_JOB_SECTORS;
      if (!isNext) faults.push(`${at} ns: ${sectors} sectors from ${sector} on are not next`);
      const other = [...underWay.keys()].find((one) => regionOf(one) !== regionOf(number));
      if (other !== undefined) faults.push(`${at} ns: region ${regionOf(other)} is not done`);
      const ask = number % SUB_JOBS_A_REGION < AT_ONCE ? undefined : asked.shift();
      counted.plugged += Number(ask?.isAlone === true && at === ask.at + UNPLUG_NS);
      if (ask?.isAlone === true && at !== ask.at + UNPLUG_NS) {
        faults.push(`${at} ns: a read that is alone begins after ${at - ask.at} ns`);
      }
      underWay.set(number, 2);
      counted.atOnce = Math.max(counted.atOnce, underWay.size);
      busyUntil = told.durableAt;
    } else if (told.kind === 'landed' && told.leg !== 0) {
      const left = underWay.get(number)! - 1;
      underWay.set(number, left);
      if (left > 0) continue;
      underWay.delete(number);
      const hasNext = counted.done++ % SUB_JOBS_A_REGION < SUB_JOBS_A_REGION - AT_ONCE;
      if (hasNext) asked.push({ at, isAlone: busyUntil <= at && asked.length === 0 });
    }
  }
  const { done, atOnce, plugged } = counted;
  if (done !== SUB_JOBS) faults.push(`${done} sub-jobs are done, not ${SUB_JOBS}`);
  if (atOnce !== AT_ONCE) faults.push(`${atOnce} sub-jobs at once, not ${AT_ONCE}`);
  if (plugged === 0) faults.push('no read was ever alone');
  return faults;
}

function regionOf(number: number): number {
  return Math.floor(number / SUB_JOBS_A_REGION);
}
