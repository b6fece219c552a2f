/** `desync explore`: everything that one scenario can do under one strategy. */
import { exploredJson } from '../report/explore-json.js';
import { exploredText } from '../report/explore-text.js';
import { envelope, jsonText } from '../report/run-json.js';
import { divergenceStory } from '../report/story.js';
import { exitCodeOf } from '../report/verdict.js';
import { parseDuration } from '../sim/time.js';
import { shown, type Given } from './given.js';
import { askedRun } from './one-run.js';
import { attempted, Refused } from './refused.js';
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

function countIn(given: Given, name: string): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refused(`--${name} is a whole number from 1, not "${shown(text)}"`);
}

/** Asked again and again: has the time that the user named gone by? */
function overAfter(given: Given): () => boolean {
  const text = given.text('max-time');
  if (text === undefined) return () => false;
  const most = parseDuration(text);
  if (most === undefined)
    throw new Refused(`--max-time is a time such as 30s, not "${shown(text)}"`);
  const began = performance.now();
  return () => (performance.now() - began) * 1e6 > most;
}
