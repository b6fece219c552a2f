/** `desync shrink`: the failure of one run, as small as it gets. */
import type { FixStrategy } from '../machine/strategy.js';
import { envelope, jsonText } from '../report/run-json.js';
import { nothingShrunkText } from '../report/shrunk-text.js';
import { exitCodeOf, HELD, NOTHING } from '../report/verdict.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Given } from './given.js';
import { endIn } from './limits.js';
import { askedRun } from './one-run.js';
import { Refused } from './refused.js';
import { readSchedule, saveShrunk } from './schedule-file.js';
import { madeSmall } from './searched.js';
import { repeatOf, type Session } from './session.js';
import { shrunkTeller } from './shrinking/told-shrunk.js';
import { refuseInTheWay, writingOf } from './written.js';

export async function shrink(given: Given, session: Session): Promise<number> {
  const { out, version } = session;
  const end = endIn(given);
  refuseInTheWay(given.text('out'), writingOf(given));
  const { scenario, strategy, seed } = await asked(given, session);
  session.interrupts.leave();
  const repeat = repeatOf(session);
  const failure = { kind: 'run', seed } as const;
  const enough = { kind: 'minimal', end } as const;
  const shrunk = await madeSmall({ scenario, strategy }, failure, enough, repeat, session);
  if (shrunk === undefined) {
    const head = envelope('shrink', version, null, repeat);
    if (given.flag('json')) out.write(jsonText({ ...head, problems: [], shrunk: null }));
    else out.write(nothingShrunkText(scenario.name, strategy.name, repeat, out.view));
    return NOTHING;
  }
  const tell = await shrunkTeller(session);
  const told = tell(shrunk, strategy, repeat);
  const file = given.text('out');
  if (file !== undefined) {
    const writing = writingOf(given, [strategy.name, ...Object.keys(scenario.expect)]);
    await saveShrunk(file, shrunk, strategy, writing, session);
  }
  const verdict = told.repeats ? null : 'NONDETERMINISTIC';
  if (given.flag('json')) {
    const head = envelope('shrink', version, verdict, repeat);
    out.write(jsonText({ ...head, problems: [], shrunk: told.json }));
  } else {
    out.write(told.text(out.view));
  }
  return verdict === null ? HELD : exitCodeOf(verdict);
}

interface Asked {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly seed: string;
}

async function asked(given: Given, session: Session): Promise<Asked> {
  const schedule = given.text('schedule');
  if (schedule === undefined) {
    if (given.text('file') === undefined) {
      throw new Refused('shrink needs a scenario file, or --schedule F');
    }
    const { file, strategy, seed } = await askedRun(given, session);
    return { scenario: file.scenario, strategy, seed };
  }
  const others = ['file', 'seed', 'strategy', 'set'].filter((name) => given.texts(name).length > 0);
  if (others.length > 0) {
    const names = others.map((name) => (name === 'file' ? 'a scenario file' : `--${name}`));
    throw new Refused(
      `--schedule has all of a run in it: ${names.join(', ')} cannot be said besides`,
    );
  }
  const { schedule: saved, strategy } = await readSchedule(schedule, session);
  return { scenario: saved.scenario, strategy, seed: saved.scenario.seed };
}
