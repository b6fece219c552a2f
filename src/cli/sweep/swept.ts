/** The one door to sweeps: runs what was planned, tells it in its order, and how it ended. */
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import type { Ending, SweepHeader } from '../../lab/sweep/header.js';
import type { Part } from '../../lab/sweep/part.js';
import { runsInShard, WHOLE, type Chunk } from '../../lab/sweep/plan.js';
import { safe } from '../../report/lines.js';
import { counted, grouped } from '../../report/quantities.js';
import { shown } from '../given.js';
import { BrokenRun, Refused } from '../refused.js';
import { repeatOfRun, type Session } from '../session.js';
import type { Breach } from './course.js';
import type { How } from './how.js';
import type { PartFile } from './part-file.js';
import { seriesOf } from './pieces.js';
import { underWay, type Outlook, type Sweep } from './under-way.js';

/** Where the results of a sweep go. Whoever makes one has been given its header. */
export interface Report {
  /** The next runs of a series, in the order of the plan. */
  chunk(chunk: Chunk, sum: ChunkSum): void;
  /** Writes what is left to be written, and answers with the exit code. */
  end(ending: Ending): number | Promise<number>;
}

/** Answers with the exit code. */
export async function swept(
  sweep: Sweep,
  how: How,
  report: Report,
  session: Session,
): Promise<number> {
  const { header } = sweep;
  const { before, file } = await keptIn(sweep, how, session);
  let runs = before?.runs ?? 0;
  for (const { chunk, sum } of before?.chunks ?? []) report.chunk(chunk, sum);
  const receiver = {
    chunk(chunk: Chunk, sum: ChunkSum, isWhole: boolean): void {
      runs += sum.runs;
      if (isWhole) file?.chunk(chunk, sum);
      report.chunk(chunk, sum);
    },
  };
  const outlook = await underWay(sweep, how, before, receiver, session);
  if (outlook.left.kind === 'broken') {
    const { chunk, made } = outlook.left.breach;
    const { seed, message } = made;
    file?.broken({ chunk: chunk.number, broken: { seed, message } });
  }
  file?.end();
  if (outlook.left.kind === 'broken') throw brokenRun(outlook.left.breach, header);
  const ending = endingOf(outlook);
  const exitCode = await report.end(ending);
  const total = runsInShard(header.plan, how.shard ?? WHOLE);
  session.err.write(
    endText(ending, outlook, header, `${grouped(runs)} of ${counted(total, 'run')}`),
  );
  return ending === 'interrupted' ? session.interrupts.exitCode : exitCode;
}

interface Kept {
  readonly before: Part | undefined;
  readonly file: PartFile | undefined;
}

/** Most sweeps are kept nowhere, and need nothing that reads and writes parts. */
async function keptIn(
  { header, tried }: Sweep,
  { output, resume, shard }: How,
  session: Session,
): Promise<Kept> {
  if (output === undefined && resume === undefined) return { before: undefined, file: undefined };
  const [{ headOf }, { contentsOf }, { PartFile, partToResume }] = await Promise.all([
    import('../../lab/sweep/part-lines.js'),
    import('./contents.js'),
    import('./part-file.js'),
  ]);
  const contents = await contentsOf(tried, session);
  const head = headOf(header, contents, shard ?? WHOLE, session.version);
  if (resume !== undefined) {
    const found = partToResume(resume, head);
    return { before: found?.part, file: PartFile.resumed(resume, found?.length ?? 0, head) };
  }
  const file = output === undefined ? undefined : PartFile.created(output, head);
  return { before: undefined, file };
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

/** What a strategy of the user's own does to its worker is no bug of ours. */
function brokenRun(breach: Breach, header: SweepHeader): Error {
  const { message, stack, how, seed } = breach.made;
  const { subject } = seriesOf(header, breach.chunk);
  // Whose fault that is stands in the message, and at which seed it was left to do nobody knows.
  if (how === 'astray') return new Refused(message);
  if (how === 'stopped' || (how === 'died' && subject.source !== undefined)) {
    const what = `strategy ${shown(subject.strategy)}, seed ${seed}: ${safe(message)}`;
    return new Refused(`${what}\n${repeatOfSeed(header, breach)}`);
  }
  const cause = new Error(message);
  cause.stack = stack;
  return new BrokenRun(cause, repeatOfSeed(header, breach));
}

function repeatOfSeed(header: SweepHeader, { chunk, made }: Breach): string {
  const { file, subject } = seriesOf(header, chunk);
  return repeatOfRun('run', file, subject.strategy, made.seed, header.sets);
}
