/** `desync schema`: what editors need to complete and check scenario files. */
import type { Given } from './given.js';
import type { Session } from './session.js';

export async function schema(_given: Given, session: Session): Promise<number> {
  const scenarios = await session.rooms.scenarios();
  session.out.write(`${JSON.stringify(scenarios.schema(), undefined, 2)}\n`);
  return 0;
}
