/** Scenario files: read, checked, and every problem of all of them told at once. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FixStrategy } from '../machine/strategy.js';
import type { ProblemJson } from '../report/reporters/reporter.js';
import type { Change } from '../scenario/path.js';
import type { Problem } from '../scenario/problem.js';
import type { Scenario } from '../scenario/scenario.js';
import { isPath, noStrategy } from './chosen.js';
import { shown, STANDARD_INPUT } from './given.js';
import type { Scenarios } from './laboratory.js';
import { plainProblem, Refused } from './refused.js';
import type { Session } from './session.js';

export interface LoadedFile {
  /** As it was typed: `-` is standard input. */
  readonly file: string;
  readonly scenario: Scenario;
}

export interface Loading {
  readonly files: readonly LoadedFile[];
  /** What stands against the others; undefined when nothing does. */
  readonly refused: Refused | undefined;
}

/** Told of paths that may be meant before it is known whether they are. */
export type Hear = (paths: readonly string[]) => void;

export async function loadFiles(
  names: readonly string[],
  sets: readonly string[],
  session: Session,
  hear: Hear = () => undefined,
): Promise<Loading> {
  const scenarios = await session.rooms.scenarios();
  for (const text of sets) hear(scenarios.namedPaths(text));
  const known = await session.rooms.strategies();
  const changes = changesOf(sets, scenarios);
  const files: LoadedFile[] = [];
  const told: Told[] = [];
  for (const name of names) {
    const file = name === STANDARD_INPUT ? '-' : name;
    const loaded = await loadFile(name, file, changes, { scenarios, known, session, hear });
    if (loaded.ok) files.push(loaded.file);
    else told.push(...loaded.told);
  }
  return { files, refused: refusedFor(told) };
}

/** All of them, or one refusal with every problem. */
export async function loadAll(
  names: readonly string[],
  sets: readonly string[],
  session: Session,
  hear?: Hear,
): Promise<readonly LoadedFile[]> {
  const { files, refused } = await loadFiles(names, sets, session, hear);
  if (refused !== undefined) throw refused;
  return files;
}

/** A problem in words and as data. */
interface Told {
  readonly text: string;
  readonly json: ProblemJson;
}

interface Means {
  readonly scenarios: Scenarios;
  readonly known: readonly FixStrategy[];
  readonly session: Session;
  readonly hear: Hear;
}

async function loadFile(
  name: string,
  file: string,
  changes: readonly Change[],
  { scenarios, known, session, hear }: Means,
): Promise<{ ok: true; file: LoadedFile } | { ok: false; told: Told[] }> {
  const { view, coloured } = session.err;
  const ofFile = (what: string): Told => ({
    text: `${view.paint.strong(shown(file))}: ${what}`,
    json: plainProblem(file, what),
  });
  const read = await textOf(name, 'scenario');
  hear(scenarios.namedPaths(typeof read === 'string' ? read : read.beginning));
  if (typeof read !== 'string') return { ok: false, told: [ofFile(read.what)] };
  const loaded = scenarios.load(read, originOf(file), changes);
  if (!loaded.ok) {
    const told = loaded.problems.map((problem) => ({
      text: scenarios.formatProblem(problem, coloured),
      json: problemJson(problem),
    }));
    return { ok: false, told };
  }
  const { scenario } = loaded;
  const unknown = Object.keys(scenario.expect).filter(
    (name) => !isPath(name) && !known.some((strategy) => strategy.name === name),
  );
  if (unknown.length === 0) return { ok: true, file: { file, scenario } };
  const told = unknown.map((expected) => ofFile(`expect: ${noStrategy(expected, known)}`));
  return { ok: false, told };
}

function refusedFor(told: readonly Told[]): Refused | undefined {
  if (told.length === 0) return undefined;
  return new Refused(
    told.map(({ text }) => text).join('\n\n'),
    told.map(({ json }) => json),
  );
}

export function problemJson(problem: Problem): ProblemJson {
  const { file, line, column, path, expected, found, hint } = problem;
  return { file, line, column, path, expected, found, hint: hint ?? null };
}

function changesOf(sets: readonly string[], scenarios: Scenarios): Change[] {
  return sets.map((text) => {
    const change = scenarios.parseChange(text);
    if (typeof change === 'string') throw new Refused(`--set ${shown(text)}: ${change}`);
    return change;
  });
}

function originOf(file: string): { file: string; name: string } {
  const name = file === '-' ? 'stdin' : basename(file).replace(/\.ya?ml$/i, '');
  return { file: file === '-' ? '<stdin>' : file, name };
}

/** More than any file needs that people write; what is longer is not read to its end. */
export const LONGEST = 1024 * 1024;

interface Unreadable {
  readonly what: string;
  /** As much of its text as there was. */
  readonly beginning: string;
}

/** `kind` of file. */
export async function textOf(
  name: string,
  kind: 'scenario' | 'schedule',
): Promise<string | Unreadable> {
  let beginning = '';
  try {
    const bytes = await (name === STANDARD_INPUT
      ? collected(process.stdin)
      : firstBytes(name, kind));
    beginning = new TextDecoder().decode(bytes);
    if (bytes.length > LONGEST) return { what: `more than 1 MiB, which no ${kind} is`, beginning };
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return { what: reasonOf(error, `a ${kind} file`), beginning };
  }
}

async function firstBytes(name: string, kind: string): Promise<Uint8Array> {
  const file = await open(name, 'r');
  try {
    if ((await file.stat()).isDirectory()) throw new Error(`is a folder, not a ${kind} file`);
    return await collected(file.createReadStream({ end: LONGEST, autoClose: false }));
  } finally {
    await file.close();
  }
}

async function collected(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST) break;
  }
  return Buffer.concat(parts);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'may not be read',
  ELOOP: 'is a link that leads nowhere',
  ENAMETOOLONG: 'the name is too long for a file',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
  ERR_INVALID_ARG_VALUE: 'is not the name of a file',
};

/** What the system says of a file that should have been `kind`. */
export function reasonOf(error: unknown, kind: string): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EISDIR') return `is a folder, not ${kind}`;
  return REASONS[code] ?? shown(error.message);
}
