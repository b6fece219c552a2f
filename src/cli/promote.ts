/** `desync promote`: a failure becomes a scenario with fixed choices and what it must show. */
import { safe } from '../report/lines.js';
import { repeatLine } from '../report/run-text.js';
import { exitCodeOf, FAILED, HELD } from '../report/verdict.js';
import type { Given } from './given.js';
import { attempted } from './refused.js';
import { readSchedule } from './schedule-file.js';
import { repeatOf, type Session } from './session.js';
import { refuseInTheWay, writeText, writingOf } from './written.js';

export async function promote(given: Given, session: Session): Promise<number> {
  const { out, err } = session;
  refuseInTheWay(given.text('out'), writingOf(given));
  const { schedule, strategy } = await readSchedule(given.text('file') ?? '', session);
  const { failure } = schedule;
  const bench = await session.rooms.bench();
  const scenarios = await session.rooms.scenarios();
  const scenario = scenarios.expecting(schedule.scenario, strategy.name, failure);
  const repeat = repeatOf(session);
  const { verdict, reasons } = attempted(
    () => bench.run(scenario, strategy, scenario.seed),
    repeat,
  );
  const code = exitCodeOf(verdict);
  if (code !== HELD) {
    err.write(`this failure is no more: ${safe(reasons.join('; '))}\n`);
    err.write(`${repeatLine(repeat, err.view.paint)}\n`);
    return verdict === 'VOID' ? FAILED : code;
  }
  const text = scenarios.print(scenario);
  const file = given.text('out');
  if (file === undefined) out.writeAsIs(text);
  else await writeText(file, text, writingOf(given, [strategy.name]));
  return HELD;
}
