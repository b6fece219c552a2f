/** `desync replay`: one run again, told as a timeline of what made the legs differ. */
import { envelope, jsonText, runJson } from '../report/run-json.js';
import { factLines, repeatLine, storyLines, verdictLines } from '../report/run-text.js';
import { divergenceStory, everything, type Story } from '../report/story.js';
import { timelineText } from '../report/timeline.js';
import { exitCodeOf } from '../report/verdict.js';
import type { Run } from '../report/view.js';
import type { Given } from './given.js';
import type { ToldRun } from '../lab/runner.js';
import { askedRun } from './one-run.js';
import { attempted } from './refused.js';
import { repeatOf, repeatOfRun, type Session } from './session.js';
import type { LoadedFile } from './sources.js';

const SECTOR_BYTES = 512;

export async function replay(given: Given, session: Session): Promise<number> {
  const { out, version } = session;
  const json = given.flag('json');
  const { file, strategy, seed, sets } = await askedRun(given, session);
  const bench = await session.rooms.bench();
  session.interrupts.leave();
  const repeat = repeatOfRun('replay', file.file, strategy.name, seed, sets);
  const told = attempted(() => bench.tell(file.scenario, strategy, seed), repeat);
  const run: Run = { ...told.outcome, repeat };
  const story = storyOf(told, file, given.flag('all'));
  if (json) {
    const head = envelope('replay', version, run.verdict, repeatOf(session));
    const timeline = story.rows.map(({ at, actor, text, kind }) => ({
      ...{ atNs: at, actor, text, kind },
    }));
    out.write(jsonText({ ...head, problems: [], run: runJson(run), timeline }));
  } else {
    out.write(replayText(run, file.scenario.story, story, session));
  }
  return exitCodeOf(run.verdict);
}

function replayText(run: Run, told: string, story: Story, { out }: Session): string {
  const { view } = out;
  return [
    ...verdictLines(run, view),
    '',
    ...storyLines(told, view.width),
    '',
    timelineText(story, view),
    ...factLines(run, view),
    '',
    repeatLine(run.repeat, view.paint),
    '',
  ].join('\n');
}

function storyOf(told: ToldRun, { scenario }: LoadedFile, all: boolean): Story {
  const regionSectors = scenario.mirror.regionBytes / SECTOR_BYTES;
  const telling = {
    happenings: told.happenings,
    nameOf: (sector: number) => told.nameOf(sector),
    regionOf: (sector: number) => Math.floor(sector / regionSectors),
    diverged: new Set(told.outcome.divergence.map(({ sector }) => sector)),
  };
  return all ? everything(telling) : divergenceStory(telling);
}
