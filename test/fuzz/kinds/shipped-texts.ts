/** The texts of the scenarios that come with the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tests and `npm run` both start in the project's folder. */
const FOLDER = 'scenarios';

export function shippedTexts(): readonly string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => readFileSync(join(FOLDER, path), 'utf8'));
}
