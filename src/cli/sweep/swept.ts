/** The one door to sweeps: runs what was planned, tells it in its order, and how it ended. */
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import type { Ending, SweepHeader } from '../../lab/sweep/header.js';
import { runsInShard, WHOLE, type Chunk } from '../../lab/sweep/plan.js';
import type { Verdict } from '../../lab/outcome.js';
import { counted, grouped } from '../../report/quantities.js';
import { exitCodeOf, INTERRUPTED } from '../../report/verdict.js';
import { BrokenRun } from '../refused.js';
import { repeatOfRun, type Session } from '../session.js';
import type { Breach } from './course.js';
import type { How } from './how.js';
import { underWay, type Outlook, type Sweep } from './under-way.js';

/** Where the results of a sweep go. Whoever makes one has been given its header. */
export interface Report {
  /** The next runs of a series, in the order of the plan. */
  chunk(chunk: Chunk, sum: ChunkSum): void;
  /** Writes what is left to be written, and says what it comes to. */
  end(ending: Ending): Verdict;
}

/** Answers with the exit code. */
export async function swept(
  sweep: Sweep,
  how: How,
  report: Report,
  session: Session,
): Promise<number> {
  const { header } = sweep;
  let runs = 0;
  const receiver = {
    chunk(chunk: Chunk, sum: ChunkSum): void {
      runs += sum.runs;
      report.chunk(chunk, sum);
    },
  };
  const none = { chunks: 0, runs: 0, failed: 0 };
  const outlook = await underWay(sweep, how, none, receiver, session);
  if (outlook.left.kind === 'broken') throw brokenRun(outlook.left.breach, header);
  const ending = endingOf(outlook);
  const verdict = report.end(ending);
  const total = runsInShard(header.plan, how.shard ?? WHOLE);
  session.err.write(
    endText(ending, outlook, header, `${grouped(runs)} of ${counted(total, 'run')}`),
  );
  return ending === 'interrupted' ? INTERRUPTED : exitCodeOf(verdict);
}

function endingOf({ left, stoppedBy }: Outlook): Ending {
  if (left.kind === 'bail') return 'bail';
  return left.kind === 'done' ? 'complete' : (stoppedBy ?? 'interrupted');
}

function endText(ending: Ending, outlook: Outlook, header: SweepHeader, done: string): string {
  switch (ending) {
    case 'complete':
      return '';
    case 'bail':
      return `ended by --bail after ${done}\n`;
    case 'interrupted':
      return `interrupted after ${done}\n`;
    case 'timeout': {
      const { endless } = outlook;
      const run = endless === undefined ? '' : repeatOfSeed(header, endless.breach);
      const why = run === '' ? '' : `this run did not end: ${run}\n`;
      return `ended by --timeout after ${done}\n${why}`;
    }
  }
}

function brokenRun(breach: Breach, header: SweepHeader): BrokenRun {
  const { message, stack } = breach.made;
  const cause = new Error(message);
  cause.stack = stack;
  return new BrokenRun(cause, repeatOfSeed(header, breach));
}

function repeatOfSeed({ series, sets }: SweepHeader, { chunk, made }: Breach): string {
  const of = series[chunk.series];
  if (of === undefined) throw new Error(`there is no series ${chunk.series}`);
  return repeatOfRun('run', of.file, of.subject.strategy, made.seed, sets);
}
