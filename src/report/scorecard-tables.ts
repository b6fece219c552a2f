/** The three tables of a scorecard: how safe, how different, how dear. */
import type { Pair, Scorecard } from '../lab/compare.js';
import type { Row } from '../lab/score.js';
import { safe, wrapped } from './lines.js';
import type { Brush } from './paint.js';
import { PRICE_TEXTS, priceText } from './prices.js';
import { grouped, percent, shares } from './quantities.js';
import { GAP, natural, table, type Column } from './table.js';
import { passed } from './verdict.js';
import type { View } from './view.js';

export function safetyTable({ rows }: Scorecard, view: View): string {
  const columns: readonly Column[] = [
    { head: 'strategy', align: 'left' },
    { head: 'exposed', align: 'right' },
    { head: '95 %', align: 'right', spare: 2 },
    { head: 'diverged', align: 'right' },
    { head: '95 %', align: 'right', spare: 1 },
    { head: 'harmed', align: 'right', spare: 3 },
    { head: 'verdict', align: 'left' },
  ];
  const cells = rows.map((row) => [
    safe(row.strategy) + (isSafeByNothing(row) ? ' *' : ''),
    ...(row.runs > row.errorRuns ? safety(row) : ['-', '-', '-', '-', '-']),
    row.verdict.replace('PASS-BOUNDED', 'PASS'),
  ]);
  return table(columns, cells, rows.map(brush(view)), view);
}

function safety(row: Row): string[] {
  return [
    percent(row.exposure.mean),
    shares(row.exposure),
    grouped(row.divergedRuns),
    shares(row.divergedShare),
    grouped(row.harmRuns),
  ];
}

function brush({ paint }: View): (row: Row) => (text: string) => string {
  return ({ verdict }) =>
    passed(verdict) ? (text) => text : verdict === 'VOID' ? paint.warn : paint.bad;
}

/** What it has, it has because nothing was forgotten. */
export function isSafeByNothing(row: Row): boolean {
  return row.nothingCleared && row.exposedRuns === 0;
}

/** Each strategy against the baseline. */
export function pairLines({ pairs }: Scorecard, view: View): string[] {
  const [first] = pairs;
  if (first === undefined) return [];
  const columns: readonly Column[] = [
    { head: 'strategy', align: 'left' },
    { head: 'it alone', align: 'right' },
    { head: 'other alone', align: 'right' },
    { head: 'p', align: 'right' },
  ];
  const cells = pairs.map((pair) => [
    safe(pair.b),
    grouped(pair.bOnly),
    grouped(pair.aOnly),
    probability(pair),
  ]);
  const many = pairs.length > 1 ? `, Holm over ${pairs.length}` : '';
  const title = `Exposed seed by seed, against ${safe(first.a)} (exact McNemar${many})`;
  return ['', ...wrapped(title, view.width), '', table(columns, cells, pairs.map(unpainted), view)];
}

function probability({ adjustedP }: Pair): string {
  if (adjustedP < 1e-99) return '<1e-99';
  return adjustedP < 1e-4 ? adjustedP.toExponential(0) : String(Number(adjustedP.toPrecision(2)));
}

/** In as many tables as the width asks for: no price is left out for want of room. */
export function priceLines({ rows }: Scorecard, view: View): string[] {
  const priced = rows.filter(({ costs }) => costs !== undefined);
  const name: Filled = { column: { head: 'strategy', align: 'left' }, cells: priced.map(nameOf) };
  const prices = PRICE_TEXTS.filter(({ price }) =>
    priced.some(({ costs }) => costs !== undefined && costs[price] > 0),
  ).map((text): Filled => ({
    column: { head: text.head, align: 'right' },
    cells: priced.map((row) => priceText(text, row)),
  }));
  if (prices.length === 0) return [];
  const tables = packed(name, prices, view.width).flatMap((group) => {
    const cells = priced.map((_, r) => group.map((each) => each.cells[r] ?? ''));
    const columns = group.map(({ column }) => column);
    return ['', table(columns, cells, priced.map(unpainted), view)];
  });
  return ['', ...wrapped('Price, in the mean over seeds', view.width), ...tables];
}

interface Filled {
  readonly column: Column;
  readonly cells: readonly string[];
}

/** As many columns beside the names as fit, at least one. */
function packed(name: Filled, prices: readonly Filled[], width: number): Filled[][] {
  const groups: Filled[][] = [];
  let taken = Infinity;
  for (const price of prices) {
    const more = GAP + breadth(price);
    if (taken + more > width) {
      groups.push([name]);
      taken = breadth(name);
    }
    groups.at(-1)?.push(price);
    taken += more;
  }
  return groups;
}

function breadth({ column, cells }: Filled): number {
  return natural(
    0,
    [column],
    cells.map((cell) => [cell]),
  );
}

function nameOf({ strategy }: Row): string {
  return safe(strategy);
}

function unpainted(): Brush {
  return (text) => text;
}
