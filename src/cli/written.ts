/** A text written to a file of the user's; what is there already stays unless --force was said. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { isPath } from './chosen.js';
import { shown, type Given } from './given.js';
import { codeOf, notWritten, wouldBeWritten } from './not-written.js';
import { Refused } from './refused.js';
import { isSameFile } from './same-file.js';

export interface Writing {
  readonly force: boolean;
  /** What the command reads: nothing is written over it, not even by force. */
  readonly inputs: readonly string[];
}

/** `more`: strategies that only a scenario names. */
export function writingOf(given: Given, more: readonly string[] = []): Writing {
  const named = ['file', 'files', 'schedule'].flatMap((name) => given.texts(name));
  const listed = given.texts('strategies').flatMap((list) => list.split(','));
  const strategies = [...given.texts('strategy'), ...listed, ...more].map((name) => name.trim());
  return { force: given.flag('force'), inputs: [...named, ...strategies.filter(isPath)] };
}

/** Throws Refused. `path`: undefined where nothing is to be written. */
export function refuseOver(path: string | undefined, { inputs }: Writing): void {
  if (path === undefined) return;
  if (!inputs.some((input) => isSameFile(input, path))) return;
  throw new Refused(`--out ${shown(path)}: is read by this command`);
}

/** Before work that takes its time: refuses what would be in the way behind it. */
export function refuseInTheWay(path: string | undefined, writing: Writing): void {
  refuseOver(path, writing);
  if (path === undefined) return;
  try {
    wouldBeWritten(path);
    if (!writing.force && existsSync(path)) throw new Refused(thereIs(path));
  } catch (error) {
    throw error instanceof Refused
      ? error
      : new Refused(`--out ${shown(path)}: ${notWritten(error)}`);
  }
}

export async function writeText(path: string, text: string, writing: Writing): Promise<void> {
  refuseOver(path, writing);
  try {
    await writeFile(path, text, { flag: writing.force ? 'w' : 'wx' });
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST';
    throw new Refused(isThere ? thereIs(path) : `--out ${shown(path)}: ${notWritten(error)}`);
  }
}

function thereIs(path: string): string {
  return `--out ${shown(path)}: there is such a file already; --force overwrites it`;
}
