/** A module of a user's own that failed while nobody asked it: in a timer, in a promise. */
import { lineOf } from './own-strategy.js';
import { isError, thrown } from '../machine/said.js';

export interface OwnFile {
  readonly path: string;
  readonly url: string;
}

/** Whose fault it is, and what; undefined: of none of them. */
export function astrayIn(
  error: unknown,
  files: readonly OwnFile[],
): { readonly path: string; readonly what: string } | undefined {
  for (const { path, url } of files) {
    const line = lineOf(error, url);
    if (line !== undefined) return { path, what: `${thrown(error)} in line ${line}` };
  }
  // What has no place was thrown by no code of ours: all that is thrown there is an Error.
  if (isError(error)) return undefined;
  return { path: files.map(({ path }) => path).join(' or '), what: thrown(error) };
}
