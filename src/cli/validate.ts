/** `desync validate`: every problem of every file, and nothing is run. */
import { HELD } from '../report/verdict.js';
import { shown, type Given } from './given.js';
import type { Session } from './session.js';
import { loadFiles } from './sources.js';

export async function validate(given: Given, session: Session): Promise<number> {
  const { files, refused } = await loadFiles(given.texts('files'), given.texts('set'), session);
  const { out } = session;
  for (const { file } of files) out.write(`${shown(file)}: ${out.view.paint.good('ok')}\n`);
  if (refused !== undefined) throw refused;
  return HELD;
}
