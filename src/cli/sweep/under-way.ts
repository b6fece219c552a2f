/** A sweep while it is under way: its lanes, who may stop it, and what is told of how far it is. */
import { chunkCountOf, runsInShard, WHOLE } from '../../lab/sweep/plan.js';
import type { SweepHeader } from '../../lab/sweep/header.js';
import type { Part } from '../../lab/sweep/part.js';
import { progressOf } from '../progress.js';
import type { Session } from '../session.js';
import { Course, type Left, type Receiver } from './course.js';
import { jobsFor, type How } from './how.js';
import { inWorkers } from './in-workers.js';
import { inProcess, together, type Lanes } from './lanes.js';
import type { Tried } from './make-chunks.js';
import { Signals } from './signals.js';
import { Stops, type StoppedBy } from './stops.js';

export interface Sweep {
  readonly header: SweepHeader;
  readonly tried: readonly Tried[];
}

export interface Outlook {
  readonly left: Left;
  /** Who ended it before its time. */
  readonly stoppedBy: StoppedBy | undefined;
  /** A run that did not end in time. */
  readonly endless: Extract<Left, { kind: 'broken' }> | undefined;
}

const BETWEEN_LOOKS_MS = 100;

export async function underWay(
  sweep: Sweep,
  how: How,
  before: Part | undefined,
  receiver: Receiver,
  session: Session,
): Promise<Outlook> {
  const { plan, keep, bail, again, series } = sweep.header;
  const shard = how.shard ?? WHOLE;
  const total = runsInShard(plan, shard);
  if (before?.isComplete === true) return completed(sweep, before);
  const made = before?.chunks.length ?? 0;
  const chunks = chunkCountOf(plan, shard) - made;
  const order = { plan, shard, before: made, chunks, keep, again, only: undefined };
  const count = Math.min(jobsFor(how.jobs, total), Math.max(1, chunks));
  const signals = Signals.forLanes(count);
  const lanes = await lanesFor(sweep, count, signals, how, session);
  const stops = new Stops(signals, lanes, how.timeoutMs, session.interrupts);
  if (total === 1 && how.timeoutMs === undefined) {
    if (lanes.canHear) session.interrupts.hear();
    else session.interrupts.leave();
  }
  const progress = progressOf(total, before?.runs ?? 0, session.err);
  let runs = before?.runs ?? 0;
  let doing = 0;
  const look = setInterval(() => {
    progress.step(runs + signals.underWay, series[doing]?.subject.strategy ?? '');
  }, BETWEEN_LOOKS_MS);
  const watched: Receiver = {
    chunk(chunk, sum, isWhole) {
      runs += sum.runs;
      doing = chunk.series;
      receiver.chunk(chunk, sum, isWhole);
    },
  };
  try {
    const most = (bail ?? Infinity) - (before?.failed ?? 0);
    const left = await new Course({ order, bail: most }, lanes, signals, watched).run();
    const endless = left.kind === 'broken' && stops.abandoned ? left : undefined;
    return {
      left: endless === undefined ? left : { kind: 'stopped' },
      stoppedBy: stops.by,
      endless,
    };
  } finally {
    clearInterval(look);
    progress.end();
    stops.end();
    await lanes.end();
  }
}

/** All of it was done before. */
function completed({ header }: Sweep, { failed }: Part): Outlook {
  const bailed = failed >= (header.bail ?? Infinity);
  return { left: { kind: bailed ? 'bail' : 'done' }, stoppedBy: undefined, endless: undefined };
}

/**
 * This process is a lane as well, and the only one where little is done. What can be ended, or must
 * not take what is done with it, is done in workers, be it only one.
 */
async function lanesFor(
  { tried }: Sweep,
  count: number,
  signals: Signals,
  { timeoutMs, output, resume }: How,
  session: Session,
): Promise<Lanes> {
  const kept = output !== undefined || resume !== undefined;
  // A user's own strategy may exhaust the memory of its thread.
  const own = tried.some(({ strategy }) => strategy.source !== undefined);
  if (timeoutMs !== undefined || kept || own) return inWorkers(count, tried, session, signals);
  const others = count === 1 ? undefined : await inWorkers(count - 1, tried, session, signals);
  const here = inProcess(tried, await session.rooms.bench(), signals);
  return others === undefined ? here : together(here, others);
}
