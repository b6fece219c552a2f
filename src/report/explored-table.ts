/**
 * Strategies side by side, each with everything tried: what was found in either timing, and which
 * of them are safe by construction. For terminals and as Markdown.
 */
import type { Explored } from '../lab/explore.js';
import type { Kind } from '../lab/exploring/kinds.js';
import type { Safety, SafetyByStrategy } from '../lab/exploring/safety.js';
import { boundText } from './bound-text.js';
import { clearedNothing, kindName } from './explore-text.js';
import { safe, wrapped } from './lines.js';
import { inTicks, plain } from './markdown-text.js';
import { grouped, listed } from './quantities.js';
import { repeatLine } from './run-text.js';
import { table, type Column } from './table.js';
import { passed } from './verdict.js';
import type { View } from './view.js';

/** One scenario: each strategy in each timing, strategy by strategy. */
export interface ExploredCard {
  readonly scenario: string;
  readonly story: string;
  readonly found: readonly Explored[];
  readonly safety: SafetyByStrategy;
}

const COLUMNS: readonly Column[] = [
  { head: 'strategy', align: 'left' },
  { head: 'timing', align: 'left' },
  { head: 'verdict', align: 'left' },
  { head: 'states', align: 'right', spare: 5 },
  { head: 'schedules', align: 'right', spare: 1 },
  { head: 'crash points', align: 'right', spare: 2 },
  { head: 'divergent', align: 'right', spare: 3 },
  { head: 'shortest', align: 'right' },
  { head: 'remark', align: 'left', spare: 4 },
];

export function exploredTableText(
  cards: readonly ExploredCard[],
  overall: SafetyByStrategy,
  repeat: string,
  view: View,
): string {
  const { paint, width } = view;
  const lines = cards.flatMap(({ scenario, found, safety }) => [
    ...wrapped(safe(scenario), width).map(paint.strong),
    ...boundsOf(found).flatMap((bound) => wrapped(`bound: ${bound}`, width)),
    '',
    table(COLUMNS, found.map(cellsOf), found.map(brush(view)), view),
    '',
    ...reasonLines(found, view),
    ...safetyLines(safety).flatMap((line) => wrapped(line, width)),
    '',
  ]);
  const all = cards.length < 2 ? [] : ['Over all of them:', ...safetyLines(overall), ''];
  return [
    ...lines,
    ...all.flatMap((line) => wrapped(line, width)),
    repeatLine(repeat, paint),
    '',
  ].join('\n');
}

/** As it stands in docs/explored.md. */
export function exploredMarkdown(
  cards: readonly ExploredCard[],
  overall: SafetyByStrategy,
  repeat: string,
): string {
  return `${exploredTables(cards, overall)}\n\n${inTicks(repeat)}`;
}

/** All but the command. */
export function exploredTables(cards: readonly ExploredCard[], overall: SafetyByStrategy): string {
  const blocks = cards.flatMap(({ scenario, story, found, safety }) => [
    `### ${plain(safe(scenario))}`,
    plain(story.trim().split('\n').map(safe).join('\n')),
    boundsOf(found)
      .map((bound) => `- bound: ${bound}`)
      .join('\n'),
    [
      rowOf(COLUMNS.map(({ head }) => head)),
      rowOf(COLUMNS.map(ruleOf)),
      ...found.map(markdownRow),
    ].join('\n'),
    ...safetyLines(safety).map(plain),
  ]);
  return [...blocks, '### Over all of them', ...safetyLines(overall).map(plain)].join('\n\n');
}

/** One line of a table in Markdown. */
export function markdownRow(found: Explored): string {
  return rowOf(cellsOf(found).map(plain));
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function ruleOf({ align }: Column): string {
  return align === 'right' ? '--:' : '---';
}

function cellsOf(found: Explored): string[] {
  const { strategy, timing, verdict, states, complete, paths, shortest } = found;
  return [
    safe(strategy),
    timing,
    verdict,
    grouped(states) + (complete ? '' : ' +'),
    count(paths?.schedules, complete),
    count(paths?.crashPoints, complete),
    count(paths?.divergentCrashPoints, complete),
    shortest === undefined ? '-' : grouped(shortest.steps),
    remarkOf(found),
  ];
}

/** What is too large to be exact is told to three digits. */
function count(value: number | undefined, complete: boolean): string {
  if (value === undefined) return complete ? 'no end' : '?';
  if (value <= Number.MAX_SAFE_INTEGER) return grouped(value);
  return value.toExponential(2).replace('+', '');
}

function remarkOf({ verdict, complete, shortest, met, reasons, kinds }: Explored): string {
  if (verdict === 'VOID' || verdict === 'ERROR' || verdict === 'FAIL')
    return safe(reasons.join('; '));
  const others = otherKinds(kinds);
  if (shortest !== undefined) return others;
  const remarks = [complete ? (clearedNothing(met) ?? '') : 'not all was tried', others];
  return remarks.filter((remark) => remark !== '').join('; ');
}

/** `data 25, block bitmap 49`: where there are several, or one is not the strategy's business. */
function otherKinds(kinds: Explored['kinds']): string {
  const told = (whose: Kind['whose']): string =>
    kinds
      .filter((kind) => kind.whose === whose)
      .map(({ steps, ...kind }) => `${kindName(kind)} ${grouped(steps)}`)
      .join(', ');
  const [mirrors, applications] = [told('mirror'), told('application')];
  if (applications === '') return kinds.length > 1 ? mirrors : '';
  const own = `the application's own: ${applications}`;
  return mirrors === '' ? own : `${mirrors}; ${own}`;
}

/** Each bound once: those of the two timings differ. */
function boundsOf(found: readonly Explored[]): string[] {
  return [...new Set(found.map(boundText))];
}

function brush({ paint }: View): (found: Explored) => (text: string) => string {
  return ({ verdict }) =>
    passed(verdict) ? (text) => text : verdict === 'VOID' ? paint.warn : paint.bad;
}

function reasonLines(found: readonly Explored[], { paint, width }: View): string[] {
  const failed = found.filter(({ verdict }) => !passed(verdict) && verdict !== 'VOID');
  return failed.flatMap(({ verdict, strategy, timing, reasons }) => {
    const about = `${verdict} ${safe(strategy)}, timing ${timing}: ${safe(reasons.join('; '))}`;
    return wrapped(about, width).map(paint.bad);
  });
}

const SAID: readonly (readonly [Safety, string])[] = [
  ['by-construction', 'Safe by construction within this bound, whatever takes how long'],
  [
    'leans-on-time',
    'Safe with these times and not without, so that they lean on a timing assumption',
  ],
  ['not-without-time', 'Not safe without time; with these times nothing could go wrong'],
  ['not-safe', 'Not safe with these times'],
  ['with-time', 'Safe with these times; without, not all was tried'],
  ['not-shown', 'Nothing is shown of'],
];

function safetyLines(safety: SafetyByStrategy): string[] {
  return SAID.flatMap(([kind, said]) => {
    const names = [...safety].filter(([, own]) => own === kind).map(([name]) => safe(name));
    return names.length === 0 ? [] : [`${said}: ${listed(names)}.`];
  });
}
