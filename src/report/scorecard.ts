/**
 * Strategies side by side, for reading: how safe, how different, how dear; and in the end what a
 * person would say of each.
 */
import type { Price, Scorecard } from '../lab/compare.js';
import type { Verdict } from '../lab/outcome.js';
import type { Row } from '../lab/score.js';
import { safe, wrapped } from './lines.js';
import { againLines } from './again-text.js';
import { HEADING } from './application-text.js';
import { PRICE_TEXTS, priceText, spokenPrices } from './prices.js';
import { counted, grouped, listed, percent, shares, span } from './quantities.js';
import { repeatLine } from './run-text.js';
import { isSafeByNothing, pairLines, priceLines, safetyTable } from './scorecard-tables.js';
import { gravest, passed } from './verdict.js';
import type { View } from './view.js';

/** A row as reports tell it: with the command that repeats what its verdict stands on. */
export interface ScoredRow extends Row {
  readonly repeat: string;
}

type Card = Scorecard<ScoredRow>;

/**
 * `repeat` is the command that repeats all of it; `again` runs were made again in a fresh world.
 */
export function scorecardText(
  cards: readonly Card[],
  repeat: string,
  view: View,
  again = 0,
): string {
  const lines = cards.flatMap((card) => [...cardLines(card, view), '']);
  const checked = againLines(again, verdictOver(cards), view);
  return [
    ...lines,
    ...checked,
    ...(checked.length > 0 ? [''] : []),
    ...overall(cards, view),
    '',
    repeatLine(repeat, view.paint),
    '',
  ].join('\n');
}

function cardLines(card: Card, view: View): string[] {
  const { paint, width } = view;
  const [first] = card.rows;
  const most = Math.max(...card.rows.map(({ runs }) => runs));
  const each = `${counted(most, 'seed')}, each ${span(first?.simulatedNs ?? 0)} of virtual time`;
  const head = wrapped(`${safe(card.scenario)}: ${each}`, width);
  return [
    ...head.map((line) => paint.strong(line)),
    '',
    safetyTable(card, view),
    ...noteLines(card, view),
    ...pairLines(card, view),
    ...priceLines(card, view),
    ...frontLines(card, view),
    ...card.rows.flatMap((row) => ['', ...wrapped(sentence(row, card.rows), width)]),
    ...card.rows.flatMap((row) => failureLines(row, view)),
  ];
}

function noteLines({ rows }: Card, { width }: View): string[] {
  const notes = rows.some(isSafeByNothing) ? ['* nothing was ever cleared'] : [];
  for (const row of rows) {
    const { strategy, byApplicationRuns, runs } = row;
    const of = `${safe(strategy)}: ${HEADING}, exposed in`;
    if (byApplicationRuns > 0) notes.push(`${of} ${grouped(byApplicationRuns)} of ${runsOf(runs)}`);
  }
  const idle = rows.filter(({ voidRuns, runs }) => voidRuns > 0 && voidRuns < runs);
  if (idle.length > 0) {
    const each = idle.map(({ strategy, voidRuns }) => `${safe(strategy)} ${grouped(voidRuns)}`);
    notes.push(`Runs that could not fail (VOID): ${listed(each)}.`);
  }
  return notes.length === 0 ? [] : ['', ...notes.flatMap((note) => wrapped(note, width))];
}

function runsOf(runs: number): string {
  return counted(runs, 'run');
}

/**
 * The prices that a reader weighs against safety; the others stand in the tables and in the JSON.
 */
const WEIGHED: ReadonlySet<string> = new Set<Price>([
  'recordWrites',
  'expectedResyncBytes',
  'storeWaitNs',
  'copiedBytes',
  'writeLatencyP99Ns',
]);

/** Prices with the same strategies unbeaten share a line. */
function frontLines({ fronts, rows }: Card, { width }: View): string[] {
  const byFront = new Map<string, string[]>();
  for (const { price, unbeaten } of fronts) {
    if (!WEIGHED.has(price)) continue;
    const who = listed(unbeaten.map(safe));
    const name = PRICE_TEXTS.find((text) => text.price === price)?.name ?? price;
    byFront.set(who, [...(byFront.get(who) ?? []), name]);
  }
  const lines = [...byFront].map(([who, names]) => {
    const each = names.length > 1 ? ', each by itself,' : '';
    return `Unbeaten in exposure and${each} ${listed(names)}: ${who}.`;
  });
  if (lines.length === 0 || rows.length < 2) return [];
  return ['', ...lines.flatMap((line) => wrapped(line, width))];
}

/** What a person would say. */
function sentence(row: ScoredRow, rows: readonly ScoredRow[]): string {
  const about = `${safe(row.strategy)}: ${safety(row)}`;
  const prices = row.verdict === 'VOID' ? [] : spokenPrices(row);
  if (row.costs === undefined || prices.length === 0) return `${about}.`;
  return `${about}; costs ${listed(prices)}${dearest(row, rows)}.`;
}

function safety(row: ScoredRow): string {
  const { verdict, runs, errorRuns, exposedRuns, exposedShare, exposure, reasons } = row;
  if (verdict === 'VOID') return `nothing was proved: ${safe(reasons.join('; '))}`;
  const complete = runs - errorRuns;
  if (complete === 0) return `none of ${counted(runs, 'run')} came to its end`;
  const share = `(${shares(exposedShare)})`;
  if (exposedRuns === 0) {
    const but = row.nothingCleared ? ', because nothing was ever cleared' : '';
    return `no exposure in ${counted(complete, 'seed')} ${share}${but}`;
  }
  const some = `exposed in ${grouped(exposedRuns)} of ${counted(complete, 'seed')} ${share}`;
  return `${some}, ${percent(exposure.mean)} of the time`;
}

/** Never clear until unmount: what the simplest fix costs. */
const SIMPLEST = 'mark-until-unmount';

/**
 * Beside a safe strategy that clears the simplest one, or where that is not there the safe one that
 * has the most to copy.
 */
function dearest(row: ScoredRow, rows: readonly ScoredRow[]): string {
  const resync = ({ costs }: ScoredRow): number => costs?.expectedResyncBytes ?? 0;
  const isSafe = (each: ScoredRow): boolean => each.exposedRuns === 0 && passed(each.verdict);
  const text = PRICE_TEXTS.find(({ price }) => price === 'expectedResyncBytes');
  const safeRows = rows.filter(isSafe).sort((a, b) => resync(b) - resync(a));
  const most = safeRows.find(({ strategy }) => strategy === SIMPLEST) ?? safeRows[0];
  if (row.nothingCleared) return '';
  if (text === undefined || most === undefined || !isSafe(row) || resync(row) === 0) return '';
  if (resync(most) < 1.1 * resync(row)) return '';
  return `, where ${safe(most.strategy)} costs ${priceText(text, most)}`;
}

/** Why a row did not pass, and the command that shows it. */
function failureLines(row: ScoredRow, view: View): string[] {
  const { verdict, reasons, failedSeed, failedRuns, errorRuns } = row;
  if (passed(verdict) || verdict === 'VOID') return [];
  const { paint, width } = view;
  const among = grouped(verdict === 'ERROR' ? errorRuns : failedRuns);
  const where =
    failedSeed === undefined
      ? 'all seeds together'
      : `seed ${failedSeed}, the first of ${among} such`;
  const about = `${safe(row.scenario)} under ${safe(row.strategy)}, ${where}`;
  const [first = '', ...more] = wrapped(`${verdict}  ${about}`, width);
  return [
    '',
    paint.bad(paint.strong(verdict)) + first.slice(verdict.length),
    ...more,
    ...reasons.flatMap((reason) =>
      wrapped(safe(reason), width - 2).map((line) => `  ${paint.bad(line)}`),
    ),
    repeatLine(row.repeat, paint),
  ];
}

/** Over all rows: the gravest. */
export function verdictOver(cards: readonly Scorecard[]): Verdict {
  return gravest(cards.flatMap(({ rows }) => rows.map(({ verdict }) => verdict)));
}

function overall(cards: readonly Card[], { paint, width }: View): string[] {
  const verdict = verdictOver(cards);
  const rows = cards.flatMap((card) => card.rows);
  const [first = '', ...more] = wrapped(`${verdict}  ${overallText(verdict, rows)}`, width);
  const colour = passed(verdict) ? paint.good : verdict === 'VOID' ? paint.warn : paint.bad;
  return [colour(paint.strong(verdict)) + first.slice(verdict.length), ...more];
}

function overallText(verdict: Verdict, rows: readonly ScoredRow[]): string {
  if (rows.length === 0) return 'nothing was run';
  const is = (wanted: Verdict): number => rows.filter((row) => row.verdict === wanted).length;
  const of = `of ${counted(rows.length, 'row')}`;
  if (verdict === 'VOID') {
    return `${is('VOID')} ${of} could not have failed: such a comparison says nothing`;
  }
  const failed = rows.filter((row) => !passed(row.verdict) && row.verdict !== 'VOID').length;
  if (verdict === 'ERROR') return `${is('ERROR')} ${of} came to a limit of the run`;
  if (failed > 0) return `${failed} ${of} did not show what was expected`;
  return 'every strategy showed what was expected of it on these seeds; others were not tried';
}
