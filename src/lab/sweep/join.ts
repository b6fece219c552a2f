/**
 * Parts of one sweep put together, or every reason why they are not one. Parts that are there twice
 * are welcome where they say the same.
 */
import type { Part, PartChunk } from './part.js';
import { lineOf } from './part-lines.js';
import type { PartHeader } from './part-schema.js';
import { chunkAt } from './plan.js';
import { differences } from './same-sweep.js';

export interface NamedPart {
  readonly name: string;
  readonly part: Part;
}

export interface PartProblem {
  /** undefined: of no one part. */
  readonly name: string | undefined;
  readonly problem: string;
}

export type Joined =
  | {
      readonly ok: true;
      readonly header: PartHeader;
      /** In the order of the plan. */
      readonly chunks: readonly PartChunk[];
    }
  | { readonly ok: false; readonly problems: readonly PartProblem[] };

/** `resume`: the command that goes on with a part. At least one part. */
export function joined(parts: readonly NamedPart[], resume: (part: NamedPart) => string): Joined {
  const [first] = parts;
  if (first === undefined) throw new Error('no part was given');
  const problems = parts.flatMap((each) => [
    ...otherwise(first, each),
    ...unfinished(each, resume),
  ]);
  const { of } = first.part.header.shard;
  const shards = Array.from({ length: of }, (_, n) =>
    parts.filter(({ part }) => part.header.shard.index === n + 1),
  );
  if (problems.length === 0)
    problems.push(...shards.flatMap((same, n) => wrongIn(same, n + 1, of)));
  if (problems.length > 0) return { ok: false, problems };
  const chunks = shards.flatMap(([one]) => one?.part.chunks ?? []);
  chunks.sort((a, b) => a.chunk.number - b.chunk.number);
  return { ok: true, header: first.part.header, chunks };
}

function otherwise(first: NamedPart, { name, part }: NamedPart): PartProblem[] {
  const { header } = part;
  const { of } = first.part.header.shard;
  const found = differences(first.part.header, header);
  if (header.shard.of !== of) found.push(`the parts: one of ${header.shard.of}, not of ${of}`);
  return found.map((what) => ({ name, problem: `is another sweep than ${first.name}: ${what}` }));
}

function unfinished(named: NamedPart, resume: (part: NamedPart) => string): PartProblem[] {
  const { name, part } = named;
  const { broken } = part;
  if (broken !== undefined) {
    const { subject } = part.header.series[chunkAt(part.header.plan, broken.chunk).series] ?? {};
    const where = `${subject?.scenario ?? ''} under ${subject?.strategy ?? ''}`;
    const { seed, message } = broken.broken;
    return [{ name, problem: `ended at seed ${seed} of ${where}, which threw: ${message}` }];
  }
  if (part.isComplete) return [];
  return [{ name, problem: `is not complete; go on with it: ${resume(named)}` }];
}

function wrongIn(same: readonly NamedPart[], index: number, of: number): PartProblem[] {
  const [one, ...others] = same;
  if (one === undefined) {
    return [{ name: undefined, problem: `part ${index} of ${of} is missing` }];
  }
  const text = textOf(one);
  return others
    .filter((other) => textOf(other) !== text)
    .map(({ name }) => ({
      name,
      problem: `is part ${index} like ${one.name}, with other results`,
    }));
}

function textOf({ part }: NamedPart): string {
  return part.chunks.map(({ chunk, sum }) => lineOf({ chunk: chunk.number, sum })).join('');
}
