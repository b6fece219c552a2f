/** The kept results in docs/performance.md: what stands between two markers is the program's. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const DOCUMENT = 'docs/performance.md';

export async function keep(name: string, text: string): Promise<void> {
  const document = withKept(readFileSync(DOCUMENT, 'utf8'), name, text);
  const style = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(document, { ...style, filepath: DOCUMENT }));
}

export function withKept(document: string, name: string, text: string): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = document.indexOf(from);
  const end = document.indexOf(to);
  if (start === -1 || end < start) throw new Error(`the document has no ${from} ... ${to}`);
  return `${document.slice(0, start + from.length)}\n\n${text}\n\n${document.slice(end)}`;
}

/** The cells of the table that is kept under that name, row by row. */
export function keptCells(document: string, name: string): string[][] {
  const [, kept = ''] = document.split(`<!-- ${name} -->`);
  const [text = ''] = kept.split(`<!-- /${name} -->`);
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
