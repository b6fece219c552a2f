/** `desync strategies`: the fixes that can be tried, in the order of the tables. */
import { columns } from '../report/lines.js';
import { envelope, jsonText } from '../report/run-json.js';
import type { Given } from './given.js';
import { repeatOf, type Session } from './session.js';

export async function strategies(given: Given, session: Session): Promise<number> {
  const { out, version } = session;
  const all = (await session.rooms.strategies()).map(({ name, summary, record }) => ({
    ...{ name, summary, record },
  }));
  if (given.flag('json')) {
    const head = envelope('strategies', version, null, repeatOf(session));
    out.write(jsonText({ ...head, strategies: all }));
    return 0;
  }
  const { paint, width } = out.view;
  const rows = all.map(({ name, summary }) => [name, summary] as const);
  out.write(`${columns(rows, width, paint.strong).join('\n')}\n`);
  return 0;
}
