/** Whether what is written would be written over what is read. */
import { realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where a link leads to; also of a file that is not there yet. */
export function realOf(name: string): string {
  const path = resolve(name);
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realOf(folder), basename(path));
  }
}

/** By whatever names. */
export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map(realOf);
  if (a === undefined || a === b) return a === b;
  const [there, too] = [a, b].map((path) => entryAt(path ?? ''));
  if (there === undefined || too === undefined) return false;
  return there.ino === too.ino && there.dev === too.dev;
}

/** undefined: there is none that could be seen. */
function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
