/**
 * `desync run`: each file under each strategy with each seed, judged by what the scenario expects.
 */
import { Shown } from '../lab/expectation.js';
import type { Outcome } from '../lab/outcome.js';
import type { FixStrategy } from '../machine/strategy.js';
import { counted, grouped } from '../report/quantities.js';
import { envelope, jsonText, runJson, type RunJson } from '../report/run-json.js';
import { runText } from '../report/run-text.js';
import { runsText, summaryText } from '../report/runs-text.js';
import { Tally } from '../report/tally.js';
import { exitCodeOf, INTERRUPTED } from '../report/verdict.js';
import type { Run } from '../report/view.js';
import { seedsFor, strategiesFor, type Seeds } from './chosen.js';
import type { Given } from './given.js';
import type { Bench } from './laboratory.js';
import { strategiesKnown } from './own-strategy.js';
import { attempted } from './refused.js';
import { repeatOf, repeatOfRun, type Session } from './session.js';
import { loadAll, type LoadedFile } from './sources.js';

/** Up to this many runs are told in full. */
const TOLD_IN_FULL = 4;

/** One scenario under one strategy: what a bench can keep a world for. */
interface Series {
  readonly file: LoadedFile;
  readonly strategy: FixStrategy;
  /** Its first in the order of the files: there the story is told. */
  readonly opens: boolean;
}

export async function run(given: Given, session: Session): Promise<number> {
  const sets = given.texts('set');
  const json = given.flag('json');
  const seeds = seedsFor(given);
  const named = given.texts('strategy');
  const files = await loadAll(given.texts('files'), sets, session);
  const known = await strategiesKnown(named, files, session);
  const series = files.flatMap((file) =>
    strategiesFor(file.scenario, named, known).map((strategy, n) => ({
      ...{ file, strategy, opens: n === 0 },
    })),
  );
  const total = series.length * seeds.count;
  const tell = json ? inJson(session) : total > TOLD_IN_FULL ? inTable(session) : inFull(session);
  const bench = await session.rooms.bench();
  const tally = new Tally();
  if (total > 1) session.interrupts.watch();
  else session.interrupts.leave();
  const interrupted = await everyRun(bench, { series, seeds, sets }, session, {
    made(run, from) {
      tally.add(run);
      tell.each(run, from);
    },
    ended({ file, strategy }, shown) {
      const { scenario } = file;
      const found = bench.overSeeds(scenario, strategy, shown);
      const which = { scenario: scenario.name, strategy: strategy.name };
      if (found !== undefined) tally.addFinding({ ...which, ...found });
    },
  });
  tell.end(tally, interrupted);
  if (!interrupted) return exitCodeOf(tally.verdict);
  session.err.write(`interrupted after ${grouped(tally.runs)} of ${counted(total, 'run')}\n`);
  return INTERRUPTED;
}

interface Plan {
  readonly series: readonly Series[];
  readonly seeds: Seeds;
  readonly sets: readonly string[];
}

interface Watcher {
  made(run: Run, from: Series): void;
  /** Only of a series of several seeds, and only when it was not interrupted. */
  ended(from: Series, shown: Shown): void;
}

/** Whether it was interrupted. */
async function everyRun(
  bench: Bench,
  { series, seeds, sets }: Plan,
  { interrupts }: Session,
  watcher: Watcher,
): Promise<boolean> {
  for (const from of series) {
    const { file, strategy } = from;
    const shown = new Shown();
    const among = seeds.count > 1;
    for (const seed of seeds.of(file.scenario)) {
      if (await interrupts.came()) return true;
      const repeat = repeatOfRun('run', file.file, strategy.name, seed, sets);
      const run = oneRun(bench, from, seed, repeat, among);
      watcher.made(run, from);
      shown.add(run);
    }
    if (among) watcher.ended(from, shown);
  }
  return interrupts.came();
}

function oneRun(
  bench: Bench,
  { file, strategy }: Series,
  seed: string,
  repeat: string,
  among: boolean,
): Run {
  const { scenario } = file;
  const made = (): Outcome =>
    among ? bench.runAmongSeeds(scenario, strategy, seed) : bench.run(scenario, strategy, seed);
  return { ...attempted(made, repeat), repeat };
}

interface Telling {
  each(run: Run, from: Series): void;
  end(tally: Tally, interrupted: boolean): void;
}

function inFull({ out }: Session): Telling {
  return {
    each(made, { file, opens }) {
      out.write(`${runText(made, opens ? file.scenario.story : undefined, out.view)}\n`);
    },
    end(tally) {
      if (tally.runs > 1) out.write(summaryText(tally, out.view));
    },
  };
}

function inTable(session: Session): Telling {
  const { out } = session;
  return {
    each: () => undefined,
    end(tally) {
      out.write(runsText(tally, repeatOf(session), out.view));
    },
  };
}

function inJson(session: Session): Telling {
  const runs: RunJson[] = [];
  return {
    each(made) {
      runs.push(runJson(made));
    },
    end(tally, interrupted) {
      const head = envelope('run', session.version, tally.verdict, repeatOf(session));
      const done = { problems: [], interrupted, findings: tally.findings };
      session.out.write(jsonText({ ...head, ...done, runs }));
    },
  };
}
