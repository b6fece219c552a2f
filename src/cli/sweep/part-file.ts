/**
 * A part of a sweep in a file: a line for each chunk, written when all before it are written, so
 * that whatever ends the program leaves a beginning of the file that would have come.
 *
 * A last line without its break was being written when the program was killed: it does not count.
 */
import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import { partIn, type Part } from '../../lab/sweep/part.js';
import { lineOf } from '../../lab/sweep/part-lines.js';
import type { PartEntry, PartHeader } from '../../lab/sweep/part-schema.js';
import { differences } from '../../lab/sweep/same-sweep.js';
import type { Chunk } from '../../lab/sweep/plan.js';
import { safe } from '../../report/lines.js';
import { shown } from '../given.js';
import { codeOf, notWritten } from '../not-written.js';
import { plainProblem, Refused } from '../refused.js';
import { reasonOf } from '../sources.js';
import { hashesHold } from './contents.js';

/** So often at least the file is on the disk, and not only handed to the system. */
const BETWEEN_SYNCS_MS = 1_000;
const LINE_BREAK = 10;
/** More than the part of any sweep that somebody waited for. */
const LARGEST_BYTES = 2 ** 28;

export class PartFile {
  readonly #name: string;
  readonly #file: number;
  #synced = Date.now();

  constructor(name: string, flags: 'wx' | 'a') {
    this.#name = name;
    this.#file = writing(name, () => openSync(name, flags));
  }

  static created(name: string, header: PartHeader): PartFile {
    const file = new PartFile(name, 'wx');
    file.#write(lineOf(header));
    return file;
  }

  /** Goes on behind the first so many bytes; what else is there is cut off. */
  static resumed(name: string, length: number, header: PartHeader): PartFile {
    const file = new PartFile(name, 'a');
    writing(name, () => ftruncateSync(file.#file, length));
    if (length === 0) file.#write(lineOf(header));
    return file;
  }

  chunk(chunk: Chunk, sum: ChunkSum): void {
    this.#write(lineOfChunk({ chunk, sum }));
  }

  broken(entry: Extract<PartEntry, { broken: object }>): void {
    this.#write(lineOf(entry));
  }

  end(): void {
    writing(this.#name, () => {
      fdatasyncSync(this.#file);
      closeSync(this.#file);
    });
  }

  #write(line: string): void {
    writing(this.#name, () => {
      writeFileSync(this.#file, line);
      if (Date.now() - this.#synced < BETWEEN_SYNCS_MS) return;
      fdatasyncSync(this.#file);
      this.#synced = Date.now();
    });
  }
}

interface Found {
  readonly part: Part;
  /** So many bytes of the file are to be gone on with. */
  readonly length: number;
}

/** undefined: it was killed before its first line was whole. Throws Refused. */
export function readPart(name: string): Found | undefined {
  const bytes = bytesOf(name);
  const whole = bytes.subarray(0, bytes.lastIndexOf(LINE_BREAK) + 1).toString('utf8');
  if (whole === '') return undefined;
  const lines = whole.slice(0, -1).split('\n');
  const read = partIn(lines);
  if (!read.ok) throw refusedFor(name, [read.problem]);
  if (!hashesHold(read.part.header)) {
    throw refusedFor(name, ['has another scenario than its sha256 says']);
  }
  const last = read.part.broken === undefined ? '' : `${lines.at(-1) ?? ''}\n`;
  return { part: read.part, length: Buffer.byteLength(whole) - Buffer.byteLength(last) };
}

/** The part to go on with, which must be of the sweep that was asked for. */
export function partToResume(name: string, wanted: PartHeader): Found | undefined {
  const found = readPart(name);
  if (found === undefined) return undefined;
  const { part } = found;
  const others = differences(wanted, part.header);
  const [is, asked] = [part.header, wanted].map(({ shard }) => `${shard.index}/${shard.of}`);
  if (is !== asked) others.push(`the part: ${is ?? ''}, not ${asked ?? ''}`);
  if (others.length > 0) {
    throw refusedFor(
      name,
      others.map((what) => `is of another sweep than this: ${what}`),
    );
  }
  return found;
}

export function refusedFor(name: string, problems: readonly string[]): Refused {
  return new Refused(
    problems.map((problem) => `${shown(name)}: ${safe(problem)}`).join('\n'),
    problems.map((problem) => plainProblem(name, problem)),
  );
}

function lineOfChunk({ chunk, sum }: { readonly chunk: Chunk; readonly sum: ChunkSum }): string {
  return lineOf({ chunk: chunk.number, sum });
}

function writing<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const there = 'is there already; --resume goes on with it';
    throw refusedFor(name, [codeOf(error) === 'EEXIST' ? there : notWritten(error)]);
  }
}

function bytesOf(name: string): Buffer {
  try {
    if (statSync(name).size > LARGEST_BYTES) throw new Error('more than 256 MiB');
    return readFileSync(name);
  } catch (error) {
    throw refusedFor(name, [reasonOf(error, 'a part of a sweep')]);
  }
}
