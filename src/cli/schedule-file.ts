/** Schedule files: read and checked as scenarios are, and written. */
import type { Shrunk } from '../lab/shrink.js';
import type { FixStrategy } from '../machine/strategy.js';
import { jsonText } from '../report/run-json.js';
import type { Schedule } from '../scenario/schedule.js';
import { strategyNamed } from './chosen.js';
import { shown, STANDARD_INPUT } from './given.js';
import { rehearsed } from './own/rehearsed.js';
import { strategiesKnown } from './own-strategy.js';
import { Refused } from './refused.js';
import type { Session } from './session.js';
import { problemJson, textOf } from './sources.js';
import { writeText, type Writing } from './written.js';

export interface ReadSchedule {
  /** As it was typed: `-` is standard input. */
  readonly file: string;
  readonly schedule: Schedule;
  /** The one that it was found with. */
  readonly strategy: FixStrategy;
}

export async function readSchedule(name: string, session: Session): Promise<ReadSchedule> {
  const { view, coloured } = session.err;
  const file = name === STANDARD_INPUT ? '-' : name;
  const scenarios = await session.rooms.scenarios();
  const read = await textOf(name, 'schedule');
  if (typeof read !== 'string') {
    throw new Refused(`${view.paint.strong(shown(file))}: ${read.what}`);
  }
  const loaded = scenarios.loadSchedule(read, { file: file === '-' ? '<stdin>' : file });
  if (!loaded.ok) {
    const told = loaded.problems.map((problem) => scenarios.formatProblem(problem, coloured));
    throw new Refused(told.join('\n\n'), loaded.problems.map(problemJson));
  }
  const { schedule } = loaded;
  const { name: wanted, sha256 } = schedule.strategy;
  const strategy = strategyNamed(wanted, await strategiesKnown([wanted], [], session));
  if (strategy.source?.sha256 !== sha256) {
    throw new Refused(
      `${shown(file)}: the strategy ${shown(wanted)} is another file than the one that this was found with`,
    );
  }
  const { scenario } = schedule;
  await rehearsed({ scenario, strategy }, scenario.seed, session);
  return { file, schedule, strategy };
}

/** Writes what was shrunk. */
export async function saveShrunk(
  path: string,
  { failure, scenario }: Shrunk,
  { name, source }: FixStrategy,
  writing: Writing,
  { rooms, version }: Session,
): Promise<void> {
  const scenarios = await rooms.scenarios();
  const strategy = { name, sha256: source?.sha256 };
  const text = jsonText(scenarios.plainSchedule({ version, strategy, failure, scenario }));
  await writeText(path, text, writing);
}
