/** Markdown as reports write it: headings, tables, lists, fenced commands; all else is escaped. */

/** A fence, and what it ends with. */
const FENCE = /^(?<fence>`{3,})sh$/;
/** Within a line nothing may begin markup but what a report writes itself, behind a backslash. */
const MARKUP = /(?<!\\)(?:\\\\)*[<>[\]`]/;

/** How many rows all tables have together, leaving heads aside. Throws where it is torn. */
export function rowsIn(markdown: string): number {
  let fence: string | undefined;
  let columns: number | undefined;
  let rows = 0;
  for (const line of markdown.split('\n')) {
    if (fence !== undefined) {
      if (line === fence) fence = undefined;
      else if (line.startsWith(fence)) throw new Error('a fence is ended by what it holds');
      continue;
    }
    fence = FENCE.exec(line)?.groups?.['fence'];
    if (fence !== undefined) continue;
    if (MARKUP.test(line)) throw new Error(`markup: ${JSON.stringify(line.slice(0, 200))}`);
    if (!line.startsWith('|')) {
      columns = undefined;
      continue;
    }
    const cells = cellsIn(line);
    if (columns !== undefined && cells !== columns) {
      throw new Error(`${cells} cells in ${columns} columns: ${line}`);
    }
    // The head and the rule below it are no rows.
    if (columns === undefined) rows -= 2;
    columns = cells;
    rows++;
  }
  if (fence !== undefined) throw new Error('a fence is not ended');
  return rows;
}

/** A bar behind a backslash separates nothing. */
function cellsIn(line: string): number {
  const bars = line.match(/\\.|\|/g)?.filter((each) => each === '|') ?? [];
  return bars.length - 1;
}
