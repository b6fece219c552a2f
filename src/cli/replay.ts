/** `desync replay`: one run again, told as a table of what made the legs differ. */
import { envelope, jsonText, runJson } from '../report/run-json.js';
import { factLines, repeatLine, storyLines, verdictLines } from '../report/run-text.js';
import { divergenceStory, everything } from '../report/story.js';
import { storyTable } from '../report/story-table.js';
import { timelineJson } from '../report/timeline-json.js';
import { timelineText } from '../report/timeline.js';
import { exitCodeOf } from '../report/verdict.js';
import type { Run } from '../report/view.js';
import type { Given } from './given.js';
import { askedRun } from './one-run.js';
import { attempted } from './refused.js';
import { repeatOf, repeatOfRun, type Session } from './session.js';
import { clockOf, tellingOf } from './told.js';

export async function replay(given: Given, session: Session): Promise<number> {
  const { out, version } = session;
  const json = given.flag('json');
  const { file, strategy, seed, saidSeed, sets } = await askedRun(given, session);
  const bench = await session.rooms.bench();
  session.interrupts.leave();
  const repeat = repeatOfRun('replay', file.file, strategy.name, saidSeed, sets);
  const told = attempted(() => bench.tell(file.scenario, strategy, seed), repeat);
  const run: Run = { ...told.outcome, repeat };
  const all = given.flag('all');
  const telling = tellingOf(told, told.outcome, clockOf(told.outcome));
  const story = all ? everything(telling) : divergenceStory(telling);
  if (json) {
    const head = envelope('replay', version, run.verdict, repeatOf(session));
    const timeline = timelineJson(story);
    out.write(jsonText({ ...head, problems: [], run: runJson(run), timeline }));
  } else {
    const picture = (all ? timelineText : storyTable)(story, out.view);
    out.write(replayText(run, file.scenario.story, picture, session));
  }
  return exitCodeOf(run.verdict);
}

function replayText(run: Run, told: string, picture: string, { out }: Session): string {
  const { view } = out;
  return [
    ...verdictLines(run, view),
    '',
    ...storyLines(told, view.width),
    '',
    picture,
    ...factLines(run, view),
    '',
    repeatLine(run.repeat, view.paint),
    '',
  ].join('\n');
}
