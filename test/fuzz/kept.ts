/**
 * A file of pieces that are done, so that a campaign can be ended at any moment and gone on with.
 * Its first line says of which code it is: what other code came to is worth nothing.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Piece } from './piece.js';

export interface Kept {
  /** Of an earlier time, with the same code. */
  readonly pieces: readonly Piece[];
  add(piece: Piece): void;
}

/** Of a campaign that nobody goes on with. */
export const NOTHING_KEPT: Kept = { pieces: [], add: () => undefined };

/** Throws where the file is of other code. A last line that was cut off is as if never written. */
export function keptIn(file: string, code: string): Kept {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').slice(0, -1);
  const [first, ...rest] = lines.map((line): unknown => JSON.parse(line));
  if (first !== undefined && Reflect.get(Object(first) as object, 'code') !== code) {
    throw new RangeError(`${file} is of other code: begin another file`);
  }
  const whole = lines.length === 0 ? [JSON.stringify({ code })] : lines;
  writeFileSync(file, whole.map((line) => `${line}\n`).join(''));
  return {
    pieces: rest as readonly Piece[],
    add(piece) {
      appendFileSync(file, `${JSON.stringify(piece)}\n`);
    },
  };
}

/** A sum over all scripts below a folder. */
export function sumOfCode(folder: string): string {
  const sum = createHash('sha256');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (path.endsWith('.js')) sum.update(`${path}\n`).update(readFileSync(join(folder, path)));
  }
  return sum.digest('hex');
}
