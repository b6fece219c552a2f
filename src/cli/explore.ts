/** `desync explore`: everything that one scenario can do under one strategy. */
import { exploredJson } from '../report/explore-json.js';
import { exploredText } from '../report/explore-text.js';
import { envelope, jsonText } from '../report/run-json.js';
import { divergenceStory } from '../report/story.js';
import { exitCodeOf } from '../report/verdict.js';
import { refuseFixed } from './chosen.js';
import type { Given } from './given.js';
import { countIn, overAfter } from './limits.js';
import { askedRun } from './one-run.js';
import { attempted } from './refused.js';
import { repeatOf, type Session } from './session.js';
import { tellingOf } from './told.js';

const LEVELS = 2;

export async function explore(given: Given, session: Session): Promise<number> {
  const { out, version } = session;
  const wanted = {
    timing: given.text('timing') === 'free' ? ('free' as const) : ('scenario' as const),
    levels: countIn(given, 'levels') ?? LEVELS,
    mostStates: countIn(given, 'max-states'),
    untilFirst: given.flag('first'),
    stop: overAfter(given),
  };
  const { file, strategy } = await askedRun(given, session);
  refuseFixed(file.file, file.scenario, 'explore');
  const bench = await session.rooms.bench();
  session.interrupts.leave();
  const repeat = repeatOf(session);
  const found = attempted(() => bench.explore(file.scenario, strategy, wanted), repeat);
  const { shortest } = found;
  const way =
    shortest && attempted(() => bench.tellWay(file.scenario, strategy, wanted, shortest), repeat);
  const story =
    way && divergenceStory(tellingOf(way, way, wanted.timing === 'free' ? 'steps' : 'time'));
  if (given.flag('json')) {
    const head = envelope('explore', version, found.verdict, repeat);
    out.write(jsonText({ ...head, problems: [], ...exploredJson(found, story) }));
  } else {
    out.write(exploredText(found, story, repeat, out.view));
  }
  return exitCodeOf(found.verdict);
}
