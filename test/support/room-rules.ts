/**
 * Reads one source and says which rules of build/rooms.json it breaks: what its room may import,
 * and purity.
 *
 * The same table feeds eslint.config.js. This reads it a second time on its own, so that a rule
 * that was switched off in a comment or a glob that misses a folder is noticed.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import rooms from '../../build/rooms.json' with { type: 'json' };

export type Purity = 'model' | 'data' | 'none';

interface Room {
  readonly values: readonly string[];
  readonly types: readonly string[];
  readonly packages: readonly string[];
  readonly purity: string;
}

const TABLE = new Map<string, Room>(Object.entries(rooms));

export const ROOMS: readonly string[] = [...TABLE.keys()];

const OUTSIDE = ['process', 'Date', 'performance', 'fetch', 'crypto', 'console', 'globalThis'];
const WAITING = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const EXACT = [
  ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt'],
  ...['trunc', 'E', 'LN2', 'PI', 'SQRT2'],
];

/**
 * What `source`, standing at `path` (`src/sim/time.ts`), breaks; each a sentence that begins with
 * its line.
 */
export function broken(path: string, source: string): string[] {
  const room = /^src\/([^/]+)\//.exec(path)?.[1];
  if (room === undefined) return [];
  const rules = TABLE.get(room);
  if (rules === undefined) return [`src/${room} is not a room of build/rooms.json`];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, true);
  const found: string[] = [];
  const complain = (node: ts.Node, what: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push(`${line + 1}: ${what}`);
  };
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) {
      const wrong = wrongImport(path, room, rules, imported);
      if (wrong !== undefined) complain(node, wrong);
    }
    const impure = impurity(rules.purity, node);
    if (impure !== undefined) complain(node, impure);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

interface Imported {
  readonly from: string;
  readonly typesOnly: boolean;
}

function importOf(node: ts.Node): Imported | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause } = node;
    const names = importClause?.namedBindings;
    const eachIsType =
      importClause?.name === undefined &&
      names !== undefined &&
      ts.isNamedImports(names) &&
      names.elements.every((element) => element.isTypeOnly);
    const whole = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { from: node.moduleSpecifier.text, typesOnly: whole || eachIsType };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    if (!ts.isStringLiteral(node.moduleSpecifier)) return undefined;
    return { from: node.moduleSpecifier.text, typesOnly: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [from] = node.arguments;
    return from !== undefined && ts.isStringLiteral(from)
      ? { from: from.text, typesOnly: false }
      : { from: '(computed)', typesOnly: false };
  }
  return undefined;
}

function wrongImport(
  path: string,
  room: string,
  rules: Room,
  { from, typesOnly }: Imported,
): string | undefined {
  if (!from.startsWith('.')) {
    return rules.packages.some((name) => from === name || from.startsWith(withSlash(name)))
      ? undefined
      : `${room} may not import the package ${from}`;
  }
  const target = posix.join(posix.dirname(path), from);
  const other = /^src\/([^/]+)\//.exec(target)?.[1];
  if (other === undefined) return `${room} may not import ${target}`;
  if (other === room || rules.values.includes(other)) return undefined;
  if (!rules.types.includes(other)) return `${room} may not import from ${other}`;
  return typesOnly ? undefined : `${room} may import only types from ${other}`;
}

function withSlash(name: string): string {
  return name.endsWith(':') ? name : `${name}/`;
}

function impurity(purity: string, node: ts.Node): string | undefined {
  if (purity === 'none') return undefined;
  if (ts.isIdentifier(node) && standsAlone(node)) {
    const names =
      purity === 'model' ? [...OUTSIDE, ...WAITING, 'Promise'] : [...OUTSIDE, ...WAITING];
    if (names.includes(node.text)) return `${node.text} belongs to cli`;
  }
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math') {
    const name = node.name.text;
    if (name === 'random') return 'Math.random is not ours to ask';
    if (purity === 'model' && !EXACT.includes(name)) return `Math.${name} is not exact everywhere`;
  }
  if (purity === 'model' && (isAsync(node) || ts.isAwaitExpression(node))) {
    return 'nothing waits below cli';
  }
  return undefined;
}

/** Whether an identifier names something by itself, not as a property, a key or a declared name. */
function standsAlone(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  const declares =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent);
  return !declares || parent.name !== node;
}

function isAsync(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false)
  );
}
