/**
 * A report in a file: all of it, or what was there before. It grows beside its place under another
 * name, which is gone when the program ends, and moves there when it is whole.
 */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { shown } from '../given.js';
import { Refused } from '../refused.js';

export class ReportFile {
  readonly #name: string;
  readonly #place: string;
  readonly #draft: string;
  readonly #forget = (): void => this.abandon();
  #file: number | undefined;

  /** `inputs`: what the command reads or writes besides. Throws Refused. */
  constructor(name: string, inputs: readonly string[]) {
    this.#name = name;
    this.#place = this.#attempted(() => placeOf(name));
    if (inputs.some((input) => realOf(input) === this.#place)) {
      throw this.#refused('is needed by this command for something else');
    }
    this.#draft = join(dirname(this.#place), `.${basename(this.#place)}.${process.pid}.tmp`);
    this.#attempted(() => {
      accessSync(dirname(this.#place), constants.W_OK | constants.X_OK);
      // Of too long a name one wants to know before all is run.
      statSync(this.#draft, { throwIfNoEntry: false });
    });
  }

  /** Of the file: two reporters cannot have the same. */
  get place(): string {
    return this.#place;
  }

  write(text: string): void {
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
    this.write('');
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
    if (this.#file === undefined) return;
    this.#file = undefined;
    process.off('exit', this.#forget);
    rmSync(this.#draft, { force: true });
  }

  #attempted<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.abandon();
      throw error instanceof Refused ? error : this.#refused(whyNot(error));
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

/** Also of a file that is not there yet. */
function realOf(name: string): string {
  const path = resolve(name);
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realOf(folder), basename(path));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'may not be written',
  EPERM: 'may not be written',
  EROFS: 'may not be written',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long for a file',
};

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return shown(String(error));
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? shown(error.message);
}
