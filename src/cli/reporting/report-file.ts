/**
 * A report in a file: all of it, or what was there before. One that is long grows beside its place
 * under another name, which is gone when the program ends, and moves there when it is whole.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shown } from '../given.js';
import { notWritten } from '../not-written.js';
import { Refused } from '../refused.js';
import { isSameFile, realOf } from '../same-file.js';

/** So much of it waits in memory: where runs are few, nothing is written before all are made. */
const MOST_WAITING = 2 ** 20;

export class ReportFile {
  readonly #name: string;
  readonly #place: string;
  readonly #draft: string;
  readonly #forget = (): void => this.abandon();
  #file: number | undefined;
  #waiting: string[] = [];
  #length = 0;
  #isSpared = false;

  /** `inputs`: what the command reads or writes besides. Throws Refused. */
  constructor(name: string, inputs: readonly string[]) {
    this.#name = name;
    this.#place = this.#attempted(() => placeOf(name));
    this.spare(inputs);
    this.#draft = join(dirname(this.#place), `.${basename(this.#place)}.${process.pid}.tmp`);
    this.#attempted(() => {
      accessSync(dirname(this.#place), constants.W_OK | constants.X_OK);
      // Of too long a name one wants to know before all is run.
      statSync(this.#draft, { throwIfNoEntry: false });
    });
  }

  /** Files that it may not replace, where more of them become known. Throws Refused. */
  spare(inputs: readonly string[]): void {
    if (!this.#isOneOf(inputs)) return;
    // Not even that it was refused is written there.
    this.#isSpared = true;
    throw this.#refused('is needed by this command for something else');
  }

  /** Whether one of them is there that it would replace. */
  wouldReplace(inputs: readonly string[]): boolean {
    return existsSync(this.#place) && this.#isOneOf(inputs);
  }

  #isOneOf(inputs: readonly string[]): boolean {
    return inputs.some((input) => isSameFile(input, this.#place));
  }

  /** Of the file: two reporters cannot have the same. */
  get place(): string {
    return this.#place;
  }

  write(text: string): void {
    if (this.#isSpared) return;
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= MOST_WAITING) this.#writeWaiting();
  }

  #writeWaiting(): void {
    const text = this.#waiting.join('');
    this.#forgetWaiting();
    this.#attempted(() => {
      if (this.#file === undefined) {
        // A process that was killed leaves its own, and in a container its number comes again.
        rmSync(this.#draft, { force: true });
        this.#file = openSync(this.#draft, 'wx');
        process.once('exit', this.#forget);
      }
      writeFileSync(this.#file, text);
    });
  }

  end(): void {
    if (this.#isSpared) return;
    this.#writeWaiting();
    this.#attempted(() => {
      if (this.#file === undefined) throw new Error('was not opened');
      fsyncSync(this.#file);
      closeSync(this.#file);
      renameSync(this.#draft, this.#place);
      this.#file = undefined;
      process.off('exit', this.#forget);
    });
  }

  abandon(): void {
    this.#forgetWaiting();
    if (this.#file === undefined) return;
    this.#file = undefined;
    process.off('exit', this.#forget);
    rmSync(this.#draft, { force: true });
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    this.#length = 0;
  }

  #attempted<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.abandon();
      throw error instanceof Refused ? error : this.#refused(notWritten(error));
    }
  }

  #refused(why: string): Refused {
    return new Refused(`the report ${shown(this.#name)}: ${why}`);
  }
}

/** Where a link leads to; what is there must be a file that can be replaced. */
function placeOf(name: string): string {
  const place = realOf(name);
  const there = statSync(place, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) throw new Error('is a folder');
  if (there !== undefined && !there.isFile()) throw new Error('is no ordinary file');
  if (there !== undefined) accessSync(place, constants.W_OK);
  return place;
}
