/**
 * What is told of one part of a sweep: how much of it there is, and where. It proves nothing by
 * itself; `desync merge` judges all parts together.
 */
import type { Ending, SweepHeader } from '../../lab/sweep/header.js';
import { runsIn, type Shard } from '../../lab/sweep/plan.js';
import { counted, grouped } from '../../report/quantities.js';
import { envelope, jsonText } from '../../report/run-json.js';
import { HELD, REFUSED } from '../../report/verdict.js';
import { shown, type Given } from '../given.js';
import { repeatOf, type Session } from '../session.js';
import type { How } from './how.js';
import type { Report } from './swept.js';

export type Reporting = (header: SweepHeader, json: boolean, session: Session) => Report;

/** The whole is told as its command does it, a part of it in a line. */
export function reportOf(
  whole: Reporting,
  header: SweepHeader,
  { shard, output, resume }: How,
  given: Given,
  session: Session,
): Report {
  const json = given.flag('json');
  const file = output ?? resume;
  if (shard === undefined || file === undefined) return whole(header, json, session);
  return shardReport(header, shard, file, json, session);
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
