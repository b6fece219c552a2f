/** What `desync run` tells of its runs: each in full, as a table, or as one JSON object. */
import { overSeeds, Shown } from '../lab/expectation.js';
import type { ChunkSum } from '../lab/sweep/chunk-sum.js';
import type { Ending, SweepHeader } from '../lab/sweep/header.js';
import { runsIn, type Chunk } from '../lab/sweep/plan.js';
import { envelope, jsonText, runJson, type RunJson } from '../report/run-json.js';
import { commandLine, runText } from '../report/run-text.js';
import { againText, runsText, summaryText } from '../report/runs-text.js';
import { runsOf, Tally } from '../report/tally.js';
import {
  failureIn,
  shrinkCommand,
  type FoundFailure,
  type Shrinker,
  type SmallFailure,
} from './shrunk-failure.js';
import { exitCodeOf } from '../report/verdict.js';
import { desyncCommand } from './shell.js';
import type { Session } from './session.js';
import { pieceOf, runsAgain, seriesOf } from './sweep/pieces.js';
import type { Report } from './sweep/swept.js';

/** Up to this many runs are told in full. */
const TOLD_IN_FULL = 4;

/** Writes the tally of runs, and what is said of each. */
interface Telling {
  each(chunk: Chunk, sum: ChunkSum): void;
  end(tally: Tally, ending: Ending, found: Found): void;
}

/** The first failure. */
interface Found {
  readonly small: SmallFailure | undefined;
  /** What makes it small. */
  readonly command: string | undefined;
}

/** `shrinker`: makes the first failure small; of runs that are not told in full nobody asks it. */
export function runReport(
  header: SweepHeader,
  json: boolean,
  session: Session,
  shrinker?: Shrinker,
): Report {
  const few = runsIn(header.plan) <= TOLD_IN_FULL;
  const tell = (json ? inJson : few ? inFull : inTable)(header, session);
  const tally = new Tally();
  const shown = header.series.map(() => new Shown());
  let failure: FoundFailure | undefined;
  return {
    chunk(chunk, sum) {
      tally.add(pieceOf(header, chunk, sum));
      tally.addAgain(runsAgain(header, chunk, sum));
      tell.each(chunk, sum);
      failure ??= failureIn(chunk, sum);
      const over = shown[chunk.series];
      over?.add(sum);
      if (header.plan.count > 1 && over !== undefined) addFinding(header, chunk, sum, over, tally);
    },
    end(ending) {
      const small = few && ending !== 'interrupted' ? shrinker?.(failure) : undefined;
      const command = failure && shrinkCommand(header, failure);
      tell.end(tally, ending, { small, command });
      return exitCodeOf(tally.verdict);
    },
  };
}

/** What only all runs of a series can show, after the last of them. */
function addFinding(
  header: SweepHeader,
  chunk: Chunk,
  sum: ChunkSum,
  shown: Shown,
  tally: Tally,
): void {
  const { firstSeeds, count } = header.plan;
  const done = chunk.first + sum.runs - (firstSeeds[chunk.series] ?? 0);
  const { subject } = seriesOf(header, chunk);
  const found = done < count ? undefined : overSeeds(subject.expected, shown);
  const { scenario, strategy } = subject;
  if (found !== undefined) tally.addFinding({ scenario, strategy, ...found });
}

function inFull(header: SweepHeader, { out }: Session): Telling {
  let file: string | undefined;
  return {
    each(chunk, sum) {
      const from = seriesOf(header, chunk);
      for (const run of runsOf(pieceOf(header, chunk, sum))) {
        const story = from.file === file ? undefined : from.subject.story;
        out.write(`${runText(run, story, out.view)}\n`);
        file = from.file;
      }
    },
    end(tally, _ending, { small }) {
      if (tally.runs > 1) out.write(summaryText(tally, out.view));
      else out.write(againText(tally, out.view));
      if (small !== undefined) out.write(`\n${small.text}`);
    },
  };
}

function inTable({ args }: SweepHeader, { out }: Session): Telling {
  return {
    each: () => undefined,
    end(tally, _ending, { command }) {
      out.write(runsText(tally, desyncCommand(args), out.view));
      if (command !== undefined) out.write(`${commandLine('shrink', command, out.view.paint)}\n`);
    },
  };
}

function inJson(header: SweepHeader, { out, version }: Session): Telling {
  const runs: RunJson[] = [];
  return {
    each(chunk, sum) {
      runs.push(...runsOf(pieceOf(header, chunk, sum)).map(runJson));
    },
    end(tally, ending, { small, command }) {
      const repeat = desyncCommand([...header.args, '--json']);
      const head = envelope('run', version, tally.verdict, repeat);
      const done = {
        problems: [],
        interrupted: ending === 'interrupted',
        ending,
        madeAgain: tally.again,
      };
      const { findings, totals } = tally;
      out.write(
        jsonText({
          ...head,
          ...done,
          findings,
          totals,
          runs,
          shrunk: small?.json ?? null,
          shrink: command ?? null,
        }),
      );
    },
  };
}
