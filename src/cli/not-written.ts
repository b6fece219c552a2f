/** Why a file cannot be written: in the same words, whichever command writes it. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { shown } from './given.js';
import { realOf } from './same-file.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'is a folder',
  EACCES: 'may not be written',
  EPERM: 'may not be written',
  EROFS: 'may not be written',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ELOOP: 'is a link that leads nowhere',
  ENAMETOOLONG: 'the name is too long for a file',
};

export function notWritten(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return (code === undefined ? undefined : REASONS[code]) ?? shown(message);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Throws what would be in the way of a new file, long before there is something to write. */
export function wouldBeWritten(name: string): void {
  const place = realOf(name);
  const there = statSync(place, { throwIfNoEntry: false });
  if (there === undefined) accessSync(dirname(place), constants.W_OK | constants.X_OK);
  else accessSync(place, constants.W_OK);
}
