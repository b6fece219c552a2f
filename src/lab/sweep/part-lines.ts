/**
 * The text of a part file: JSON, an object a line, each with a sum over its bytes in front of the
 * closing brace. A line that was torn or changed is noticed, whatever it says.
 *
 * Its bytes follow from what is in it: two machines that make the same chunk write the same line.
 */
import { MODEL_VERSION } from '../model-version.js';
import {
  otherFormat,
  PART_FORMAT,
  partEntry,
  partHeader,
  type PartEntry,
  type PartHeader,
  type PartScenario,
} from './part-schema.js';
import type { SweepHeader } from './header.js';
import type { Shard } from './plan.js';
import { crc32c } from '../../media/crc32c.js';

/** `contents`: the scenario of each series. */
export function headOf(
  header: SweepHeader,
  contents: readonly PartScenario[],
  shard: Shard,
  version: string,
): PartHeader {
  const { command, args, sets, plan, keep, bail, again, failOn, shrink } = header;
  const series = header.series.map((each, n) => ({ ...each, sha256: contents[n]?.sha256 ?? '' }));
  const scenarios = [...new Map(contents.map((each) => [each.sha256, each])).values()];
  return {
    format: PART_FORMAT,
    tool: { version },
    model: MODEL_VERSION,
    command,
    args,
    sets,
    series,
    plan,
    keep,
    bail,
    again,
    failOn,
    shrink,
    scenarios,
    shard,
  };
}

/** With a line break at its end. */
export function lineOf(value: PartHeader | PartEntry): string {
  const text = JSON.stringify(value, (_key, each: unknown) => (each === undefined ? null : each));
  const open = text.slice(0, -1);
  return `${open}${sumOf(open)}\n`;
}

/** Without the line break; undefined: this is no such line, or no longer. */
export function headerIn(line: string): PartHeader | undefined {
  return partHeader.safeParse(valueOf(line)).data;
}

/** What it was instead, where another version wrote it; undefined: that cannot be told. */
export function otherFormatIn(line: string): string | undefined {
  const { data } = otherFormat.safeParse(valueOf(line));
  return data === undefined || data.format === PART_FORMAT ? undefined : data.format;
}

export function entryIn(line: string): PartEntry | undefined {
  return partEntry.safeParse(valueOf(line)).data;
}

const SUM = /,"crc32c":"[0-9a-f]{8}"\}$/;

function sumOf(open: string): string {
  const crc = crc32c(0xffffffff, new TextEncoder().encode(open));
  return `,"crc32c":"${crc.toString(16).padStart(8, '0')}"}`;
}

function valueOf(line: string): unknown {
  const at = SUM.exec(line)?.index;
  if (at === undefined) return undefined;
  const open = line.slice(0, at);
  if (line.slice(at) !== sumOf(open)) return undefined;
  try {
    return JSON.parse(`${open}}`);
  } catch {
    return undefined;
  }
}
