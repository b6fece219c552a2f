/**
 * What is told of one part of a sweep: how much of it there is, and where. It proves nothing by
 * itself; `desync merge` judges all parts together.
 */
import { keepsRuns, type Ending, type SweepHeader } from '../../lab/sweep/header.js';
import { runsIn, type Shard } from '../../lab/sweep/plan.js';
import { counted, grouped } from '../../report/quantities.js';
import { envelope, jsonText } from '../../report/run-json.js';
import { HELD, REFUSED } from '../../report/verdict.js';
import { shown } from '../given.js';
import { Refused } from '../refused.js';
import type { Outputs } from '../reporting/outputs.js';
import { repeatOf, type Session } from '../session.js';
import type { How } from './how.js';
import type { Report } from './swept.js';

export type Reporting = (header: SweepHeader) => Report;

/** The whole is told as its command does it, a part of it in a line. */
export function reportOf(
  whole: Reporting,
  header: SweepHeader,
  { shard, output, resume }: How,
  outputs: Outputs,
  session: Session,
): Report {
  const file = output ?? resume;
  if (file !== undefined && outputs.needsEach && !keepsRuns(header.plan)) {
    throw new Refused('jsonl tells each run, and a part of so many keeps only what they add up to');
  }
  if (shard === undefined || file === undefined) return whole(header);
  const reporter = outputs.onlyOnScreen;
  if (reporter === undefined) {
    throw new Refused('a part proves nothing: give the reporters to desync merge');
  }
  return shardReport(header, shard, file, reporter === 'json', session);
}

function shardReport(
  header: SweepHeader,
  shard: Shard,
  file: string,
  json: boolean,
  session: Session,
): Report {
  const { out, version } = session;
  let runs = 0;
  let failedRuns = 0;
  return {
    chunk(_, sum) {
      runs += sum.runs;
      failedRuns += sum.failed.length;
    },
    end(ending: Ending) {
      const part = `${shard.index}/${shard.of}`;
      if (json) {
        const head = envelope(header.command, version, null, repeatOf(session));
        const done = { problems: [], interrupted: ending === 'interrupted', ending };
        out.write(jsonText({ ...head, ...done, shard: part, file, runs, failedRuns }));
      } else {
        const of = `${grouped(runs)} of ${counted(runsIn(header.plan), 'run')}`;
        out.write(
          `part ${part} is in ${shown(file)}: ${of}, ${grouped(failedRuns)} did not pass\n`,
        );
      }
      return ending === 'complete' ? HELD : REFUSED;
    },
  };
}
