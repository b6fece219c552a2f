/** A text written to a file of the user's; what is there already stays unless --force was said. */
import { writeFile } from 'node:fs/promises';
import { isPath } from './chosen.js';
import { shown, type Given } from './given.js';
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

export async function writeText(path: string, text: string, writing: Writing): Promise<void> {
  refuseOver(path, writing);
  try {
    await writeFile(path, text, { flag: writing.force ? 'w' : 'wx' });
  } catch (error) {
    throw new Refused(`--out ${shown(path)}: ${whyNot(error)}`);
  }
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EEXIST') return 'there is such a file already; --force overwrites it';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such folder';
  if (code === 'EISDIR') return 'is a folder';
  if (code === 'EACCES' || code === 'EROFS') return 'may not be written';
  return shown(error instanceof Error ? error.message : String(error));
}
