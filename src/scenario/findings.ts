/**
 * What zod complains about, as a flat list: each at its path, with what our schemas say about it.
 */
import type { z } from 'zod';
import { nearest } from './nearest.js';
import { formatPath, type Path } from './path.js';
import { readRefusal, type Refusal } from './refusal.js';

/** Something wrong at a path of the scenario, before its place in the text is looked up. */
export interface Finding extends Refusal {
  readonly path: Path;
  /** There is no value at the path. */
  readonly missing?: boolean;
}

type Issue = z.core.$ZodIssue;

/** A key that is missing because it is misspelt is told once, as misspelt. */
export function findingsOf(issues: readonly Issue[]): Finding[] {
  const findings = flat(issues, []);
  const meant = findings.flatMap(({ path, hint, atKey }) =>
    atKey === true && hint !== undefined ? [formatPath([...path.slice(0, -1), hint])] : [],
  );
  const misspelt = new Set(meant);
  return findings.filter(
    ({ path, missing }) => missing !== true || !misspelt.has(formatPath(path)),
  );
}

function flat(issues: readonly Issue[], root: Path): Finding[] {
  return issues.flatMap((issue) => {
    const path = [...root, ...issue.path.filter((name) => typeof name !== 'symbol')];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey(path, key, readRefusal(issue.message)));
      case 'invalid_key':
        return issue.issues.slice(0, 1).map((inner) => ({ path, ...readRefusal(inner.message) }));
      case 'invalid_union':
        return deepestBranch(issue.errors, path) ?? [named(path, issue)];
      default:
        return [named(path, issue)];
    }
  });
}

function named(path: Path, issue: Issue): Finding {
  const parts = readRefusal(issue.message);
  const word = typeof issue.input === 'string' ? issue.input : '';
  const hint = parts.hint ?? nearest(word, parts.among ?? []);
  return { path, ...parts, hint, missing: issue.input === undefined };
}

function unknownKey(path: Path, key: string, parts: Refusal): Finding {
  return { path: [...path, key], ...parts, hint: nearest(key, parts.among ?? []) };
}

/**
 * The branch that somebody meant is the one whose complaints lie deepest. When none got further
 * than the kind of the value, the union speaks for all of them.
 */
function deepestBranch(branches: readonly (readonly Issue[])[], root: Path): Finding[] | undefined {
  let best: readonly Issue[] | undefined;
  let deepest = 0;
  for (const branch of branches) {
    const depth = Math.max(...branch.map(depthOf));
    if (depth <= deepest) continue;
    deepest = depth;
    best = branch;
  }
  return best === undefined ? undefined : flat(best, root);
}

/** How far a value had been understood: 0 is not even its kind. */
function depthOf(issue: Issue): number {
  const outside = issue.path.length * 2;
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_value':
    case 'invalid_format':
      return outside;
    case 'invalid_union':
      return outside + Math.max(0, ...issue.errors.flat().map(depthOf));
    case 'unrecognized_keys':
      return outside + 2;
    default:
      return outside + 1;
  }
}
