/**
 * The summary of a job on GitHub, to which steps append Markdown. Nobody named it on the command
 * line: where it cannot be written that is said, and changes nothing else.
 */
import { appendFileSync, statSync } from 'node:fs';
import { notWritten } from '../not-written.js';
import type { Screen } from '../terminal.js';

/** The runner drops the summary of a step that is longer than 1 MiB. */
const MOST_BYTES = 1024 * 1024;
const CUT = '\n\nThe rest is too long for the summary of a job.\n';

export class JobSummary {
  readonly #file: string;
  readonly #err: Screen;
  readonly #texts: string[] = [];

  constructor(file: string, err: Screen) {
    this.#file = file;
    this.#err = err;
  }

  write(text: string): void {
    this.#texts.push(text);
  }

  /** It grows, and replaces nothing. */
  spare(): void {
    return;
  }

  wouldReplace(): boolean {
    return false;
  }

  end(): void {
    try {
      const there = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
      appendFileSync(this.#file, cut(this.#texts.join(''), MOST_BYTES - there));
    } catch (error) {
      this.#err.write(`the summary of the job cannot be written: ${notWritten(error)}\n`);
    }
  }

  abandon(): void {
    this.#texts.length = 0;
  }
}

/** After a whole line. */
function cut(text: string, room: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= room) return text;
  const kept = bytes.subarray(0, Math.max(0, room - CUT.length));
  const end = kept.lastIndexOf('\n') + 1;
  return room < CUT.length ? '' : kept.subarray(0, end).toString('utf8') + CUT;
}
