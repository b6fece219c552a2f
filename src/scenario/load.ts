/**
 * A scenario file into a Scenario, or every problem it has, in the order of the file.
 *
 * Never throws on what a text holds. Reads no files: it is given the text.
 */
import { changed } from './change.js';
import { findingsOf, type Finding } from './findings.js';
import { formatPath, type Change } from './path.js';
import { inOrder, problemOf, type Fault, type Problem } from './problem.js';
import { brokenRules } from './rules.js';
import type { Scenario } from './scenario.js';
import { scenarioOf, scenarioSchema } from './schema.js';
import { Source } from './source.js';
import { keySpotOf, plain, spotOf, type Tree } from './tree.js';
import { quoted } from './visible.js';
import { readTree } from './yaml-tree.js';

export type Loaded =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Where a text comes from. */
export interface Origin {
  /** As problems name it. */
  readonly file: string;
  /** What the scenario is called. */
  readonly name: string;
}

/** `changes` are made to the document before it is checked. */
export function loadScenario(
  text: string,
  origin: Origin,
  changes: readonly Change[] = [],
): Loaded {
  const read = readTree(new Source(origin.file, text, 0));
  if (read.tree === undefined) return { ok: false, problems: told(read.faults) };
  const { tree, faults } = changed(read.tree, changes);
  const value = plain(tree);
  const result = scenarioSchema.safeParse(value, { reportInput: true });
  const findings = [...findingsOf(result.error?.issues ?? []), ...brokenRules(value)];
  const problems = problemsOf(tree, [...read.faults, ...faults], findings);
  if (problems.length > 0 || !result.success) return { ok: false, problems };
  return { ok: true, scenario: frozen(scenarioOf(result.data, origin.name)) };
}

/** All that is wrong with a document, in its order. */
export function problemsOf(
  tree: Tree,
  faults: readonly Fault[],
  findings: readonly Finding[],
): readonly Problem[] {
  return told([...faults, ...findings.map((finding) => located(tree, finding))]);
}

/** With more, only these are told, and how many there are. */
const MOST_PROBLEMS = 1_000;

export function told(faults: readonly Fault[]): readonly Problem[] {
  const ordered = inOrder(faults);
  const problems = ordered.slice(0, MOST_PROBLEMS).map(problemOf);
  const next = ordered[MOST_PROBLEMS];
  if (next === undefined) return problems;
  const expected = `at most ${MOST_PROBLEMS} problems`;
  const rest = { ...next, path: '', expected, found: `${ordered.length}`, hint: undefined };
  return [...problems, problemOf(rest)];
}

function located(tree: Tree, finding: Finding): Fault {
  const spot = finding.atKey === true ? keySpotOf(tree, finding.path) : spotOf(tree, finding.path);
  return {
    place: spot.place,
    path: formatPath(finding.path),
    expected: finding.expected,
    found: finding.found ?? spot.found,
    hint: finding.hint === undefined ? undefined : quotedHint(finding.hint),
  };
}

function quotedHint(hint: string): string {
  return /^[\p{L}\p{N}./_-]+$/u.test(hint) ? hint : quoted(hint);
}

export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
}
