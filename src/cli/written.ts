/** A text written to a file of the user's; what is there already stays unless --force was said. */
import { writeFile } from 'node:fs/promises';
import { shown } from './given.js';
import { Refused } from './refused.js';

export async function writeText(path: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
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
