/**
 * A part of a sweep as its file has it: its header, and its chunks in order. A file that does not
 * hold together is refused with the line in which it does not.
 */
import { headerIn, entryIn, otherFormatIn } from './part-lines.js';
import { PART_FORMAT, type PartEntry, type PartHeader } from './part-schema.js';
import { chunkAt, chunkCountOf, chunkNumbers, type Chunk } from './plan.js';
import type { ChunkSum } from './chunk-sum.js';

export interface Part {
  readonly header: PartHeader;
  readonly chunks: readonly PartChunk[];
  /** The run with which it ended: it threw. */
  readonly broken: Extract<PartEntry, { broken: object }> | undefined;
  readonly runs: number;
  readonly failed: number;
  /** Nothing of it is missing. */
  readonly isComplete: boolean;
}

export interface PartChunk {
  readonly chunk: Chunk;
  readonly sum: ChunkSum;
}

export type PartRead =
  { readonly ok: true; readonly part: Part } | { readonly ok: false; readonly problem: string };

/** `lines`: whole ones, without their breaks; at least one. */
export function partIn(lines: readonly string[]): PartRead {
  const header = headerIn(lines[0] ?? '');
  if (header === undefined) return { ok: false, problem: noHeader(lines[0] ?? '') };
  const numbers = chunkNumbers(header.plan, header.shard);
  const chunks: PartChunk[] = [];
  let [runs, failed] = [0, 0];
  let broken: Part['broken'];
  for (const [n, line] of lines.entries()) {
    if (n === 0) continue;
    const entry = entryIn(line);
    const damaged = { ok: false, problem: `line ${n + 1} is damaged` } as const;
    if (entry === undefined) return damaged;
    const bailed = header.bail !== undefined && failed >= header.bail;
    const next = numbers.next();
    if (bailed || broken !== undefined || next.done === true || next.value !== entry.chunk) {
      return { ok: false, problem: `line ${n + 1} is out of order` };
    }
    if ('broken' in entry) {
      broken = entry;
      continue;
    }
    const chunk = chunkAt(header.plan, entry.chunk);
    const { sum } = entry;
    failed += sum.failed.length;
    runs += sum.runs;
    const isLast = header.bail !== undefined && failed >= header.bail;
    const fits = isLast ? sum.runs <= chunk.runs : sum.runs === chunk.runs;
    if (!fits || (sum.each === null) === header.keep) return damaged;
    chunks.push({ chunk, sum });
  }
  const bailed = header.bail !== undefined && failed >= header.bail;
  const isComplete = bailed || chunks.length === chunkCountOf(header.plan, header.shard);
  return { ok: true, part: { header, chunks, broken, runs, failed, isComplete } };
}

function noHeader(line: string): string {
  const other = otherFormatIn(line);
  if (other === undefined) return 'is no part of a sweep, or is damaged';
  return `was made by another version of desync: it is ${other}, and this one reads ${PART_FORMAT}`;
}
