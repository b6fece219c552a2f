/** The documents of the repository as tests read them: headings, links, commands, tables. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export function documents(): Document[] {
  const above = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  const inDocs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return [...above, ...inDocs.map((name) => `docs/${name}`)].sort().map(documentAt);
}

export function documentAt(path: string): Document {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

const FENCE = /^```(\w*)\n([^]*?)^```$/gm;

/** Blocks between fences, of one language. */
export function blocks({ text }: Document, language: string): string[] {
  return [...text.matchAll(FENCE)]
    .filter(([, named]) => named === language)
    .map(([, , block = '']) => block);
}

/** What stands between backticks, without the blocks. */
export function spans({ text }: Document): string[] {
  const prose = text.replaceAll(FENCE, '').replaceAll(/^ {4}.*$/gm, '');
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll(/\s+/g, ' '));
}

/**
 * Lines for a shell: in indented blocks, in blocks of `sh`, after `repeat:`, and beside a table.
 */
export function shellLines(document: Document): string[] {
  const prose = document.text.replaceAll(FENCE, '');
  const indented = [...prose.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line);
  const fenced = blocks(document, 'sh').flatMap((block) => block.split('\n'));
  const repeats = [...document.text.matchAll(/^repeat: (.*)$/gm)].map(([, line = '']) => line);
  const printed = [...prose.matchAll(/^<!-- (desync .*) -->$/gm)].map(([, line = '']) => line);
  return [...indented, ...fenced, ...repeats, ...printed].filter(
    (line) => line !== '' && !line.startsWith('#'),
  );
}

/** The words of each call of a program in a line for a shell. */
export function callsOf(program: string, line: string): string[][] {
  return line
    .split(/&&|\|\||[|;]/)
    .map((piece) => piece.replace(/\s+[0-9]?>.*$/, '').trim())
    .map((piece) => piece.replace(/^npx /, '').split(/\s+/))
    .filter(([first]) => first === program)
    .map((words) => words.slice(1).map((word) => word.replace(/^'(.*)'$/, '$1')));
}

export function headings({ text }: Document): string[] {
  const prose = text.replaceAll(FENCE, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
}

/** A heading as links name it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** What links lead to, without those to other places of the net. */
export function links({ text }: Document): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target));
}

/** From a heading to the next one of its level or above. */
export function section({ path, text }: Document, heading: string): Document {
  const [start = '', level = ''] = new RegExp(`^(#+) ${heading}$`, 'm').exec(text) ?? [];
  if (start === '') throw new Error(`${path} has no section ${heading}`);
  const after = text.slice(text.indexOf(`${start}\n`) + start.length);
  const next = after.search(new RegExp(`^#{1,${level.length}} `, 'm'));
  return { path, text: next === -1 ? after : after.slice(0, next) };
}

/** The rows of all tables, without their heads. */
export function tableRows({ text }: Document): string[][] {
  const lines = text.split('\n');
  return lines
    .filter((line, n) => line.startsWith('| ') && !/^\| -/.test(lines[n + 1] ?? '|  '))
    .filter((line) => !/^\| -/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}
