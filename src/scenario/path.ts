/**
 * The way to one value of a scenario: `mirror.legs[1].latency`, `expect["./my-fix.js"].exposed`.
 * One resolver serves `--set`, sweeps and the places in messages.
 */
import { quoted } from './visible.js';

/** Keys and indices from the root; the root itself is empty. */
export type Path = readonly (string | number)[];

/** A step of a path and where it stands in the text. */
export interface Segment {
  readonly name: string | number;
  readonly from: number;
  readonly to: number;
}

const DEEPEST_PATH = 64;

/** A value that takes the place of the one at a path: `--set path=value`. */
export interface Change {
  readonly path: string;
  /** YAML. */
  readonly value: string;
}

/** Reads `path=value`; a text is the problem with it. */
export function parseChange(text: string): Change | string {
  const walked = walk(text);
  if (typeof walked === 'string') return walked;
  if (text[walked.end] !== '=') {
    return `expected path=value, such as mirror.log.latency=nvme, found ${quoted(text)}`;
  }
  return { path: text.slice(0, walked.end), value: text.slice(walked.end + 1) };
}

/** The segments of a path; a text is the problem with it. */
export function parsePath(text: string): readonly Segment[] | string {
  const walked = walk(text);
  if (typeof walked === 'string') return walked;
  return walked.end === text.length ? walked.segments : unexpected(text, walked.end);
}

export function formatPath(path: Path): string {
  return path.reduce<string>((text, name) => {
    if (typeof name === 'number') return `${text}[${name}]`;
    if (!PLAIN_NAME.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

const PLAIN_NAME = /^[\p{L}\p{N}_-]+$/u;
const NAME = /^(?<name>[\p{L}\p{N}_-]+)/u;
const INDEX = /^\[(?<index>\d{1,9})\]/;
const QUOTED = /^\[(?<quoted>"(?:[^"\\]|\\.)*")\]/;

/** Segments up to an `=`, the end, or the first thing that fits no path. */
function walk(text: string): { segments: Segment[]; end: number } | string {
  const segments: Segment[] = [];
  let at = 0;
  while (at < text.length && text[at] !== '=') {
    const first = segments.length === 0;
    const dot = !first && text[at] === '.';
    const segment = segmentAt(text, dot ? at + 1 : at, wanted(first, dot));
    if (segment === undefined) return unexpected(text, at);
    segments.push(segment);
    at = segment.to;
    if (segments.length > DEEPEST_PATH) return `expected a path of at most ${DEEPEST_PATH} keys`;
  }
  if (segments.length === 0) return 'expected a path such as mirror.legs[1].latency, found nothing';
  return { segments, end: at };
}

function wanted(first: boolean, dot: boolean): readonly RegExp[] {
  if (first) return [NAME, QUOTED];
  return dot ? [NAME] : [INDEX, QUOTED];
}

function segmentAt(text: string, at: number, patterns: readonly RegExp[]): Segment | undefined {
  const rest = text.slice(at);
  for (const pattern of patterns) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const name = nameIn(match.groups ?? {});
    if (name === undefined) return undefined;
    return { name, from: at, to: at + match[0].length };
  }
  return undefined;
}

function nameIn(groups: Readonly<Record<string, string | undefined>>): string | number | undefined {
  if (groups['name'] !== undefined) return groups['name'];
  if (groups['index'] !== undefined) return Number(groups['index']);
  try {
    const name: unknown = JSON.parse(groups['quoted'] ?? '');
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

function unexpected(text: string, at: number): string {
  const rest = text.slice(at, at + 20);
  return `expected a path such as mirror.legs[1].latency, found ${quoted(rest)} at column ${at + 1}`;
}
