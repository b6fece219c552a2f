/**
 * Text into one YAML 1.2 document, or the faults of its syntax: too long, too deep, more than one
 * document.
 *
 * Depth is measured on the flat token stream before a document is composed: composing one that is
 * nested 60,000 deep ends the process (V8 gives up compiling a regular expression near the end of
 * the stack).
 *
 * Leaves out: `%` directives, tags that the core schema does not have, merge keys.
 */
import { Composer, Parser, type CST, type Document, type ParsedNode, type YAMLError } from 'yaml';
import type { Fault } from './problem.js';
import type { Source } from './source.js';
import { visible } from './visible.js';

/** In UTF-16 units; a thousand steps are a quarter of it. */
export const LONGEST_TEXT = 256 * 1024;
const DEEPEST_NESTING = 64;
/**
 * One slip of the pen breaks much that follows it, and a tab everything: the first faults are told.
 */
const MOST_SYNTAX_FAULTS = 5;

export type Syntax =
  | { readonly ok: true; readonly document: Document.Parsed | undefined }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** `path` is what its faults are told by. */
export function readSyntax(source: Source, path: string): Syntax {
  const text = source.yaml;
  if (text.length > LONGEST_TEXT) {
    const most = `at most ${LONGEST_TEXT} characters`;
    return refused(source, path, 0, most, `${text.length}`);
  }
  const tokens = [...new Parser().parse(text)];
  for (const token of tokens) {
    if (token.type === 'directive') {
      return refused(source, path, token.offset, 'a document without % directives', 'one');
    }
    const deep = tooDeep(token);
    if (deep === undefined) continue;
    return refused(source, path, deep, `at most ${DEEPEST_NESTING} levels of nesting`, 'more');
  }
  const second = tokens.filter((token) => token.type === 'document')[1];
  if (second !== undefined)
    return refused(source, path, second.offset, 'one document', 'a second one');
  return compose(source, path, tokens);
}

function compose(source: Source, path: string, tokens: readonly CST.Token[]): Syntax {
  const composer = new Composer<ParsedNode>({
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    intAsBigInt: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document] = composer.compose(tokens, true, source.yaml.length);
  const errors: readonly YAMLError[] = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  if (errors.length === 0) return { ok: true, document };
  const tabs = errors.filter((error) => error.code === 'TAB_AS_INDENT');
  const faults = (tabs.length > 0 ? tabs : errors)
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .slice(0, MOST_SYNTAX_FAULTS)
    .map((error) => syntaxFault(source, path, error));
  return { ok: false, faults };
}

function syntaxFault(source: Source, path: string, error: YAMLError): Fault {
  const place = source.placeInYaml(error.pos[0], error.pos[1]);
  if (error.code === 'TAB_AS_INDENT') {
    return { place, path, expected: 'spaces as indentation', found: 'a tab' };
  }
  const found = `text that is not (${visible(error.message)})`;
  return { place, path, expected: 'YAML', found };
}

/** Where the nesting passes the limit. */
function tooDeep(root: CST.Token): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { token, depth } = at;
    if (depth > DEEPEST_NESTING) return token.offset;
    for (const inner of innerTokens(token)) open.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

function innerTokens(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter(isToken));
}

function isToken(token: CST.Token | null | undefined): token is CST.Token {
  return token !== null && token !== undefined;
}

function refused(
  source: Source,
  path: string,
  from: number,
  expected: string,
  found: string,
): Syntax {
  const place = source.placeInYaml(from, from + 1);
  return { ok: false, faults: [{ place, path, expected, found }] };
}
