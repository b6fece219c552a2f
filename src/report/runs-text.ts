/** Many runs: a table of them or of their kinds, what did not pass, and the counts. */
import type { Verdict } from '../lab/outcome.js';
import type { OutcomeName } from '../scenario/scenario.js';
import { againLines } from './again-text.js';
import { safe, wrapped } from './lines.js';
import { counted, grouped, listed, percent } from './quantities.js';
import { repeatLine, verdictLines } from './run-text.js';
import { table, type Column } from './table.js';
import type { Alike, Finding, Tally, Total } from './tally.js';
import { passed } from './verdict.js';
import type { Run, ToldRun, View } from './view.js';

/** `repeat` is the command that repeats all of it. */
export function runsText(tally: Tally, repeat: string, view: View): string {
  const { each } = tally;
  const body = each === undefined ? alikeTable(tally, view) : eachTable(each, tally, view);
  return [body, ...failureLines(tally, view), '', ...summaryLines(tally, view)]
    .concat('', repeatLine(repeat, view.paint), '')
    .join('\n');
}

/** `3 runs: 1 clean, 2 harmed.`, one for each scenario and strategy, and the verdict over all. */
export function summaryText(tally: Tally, view: View): string {
  const findings = tally.findings.flatMap((finding) => [...findingLines(finding, view), '']);
  return [...findings.slice(1), ...summaryLines(tally, view), ''].join('\n');
}

/** Of one run, which has no summary. */
export function againText(tally: Tally, view: View): string {
  return againLines(tally.again, tally.verdict, view)
    .map((line) => `${line}\n`)
    .join('');
}

function summaryLines(tally: Tally, { paint, width }: View): string[] {
  const several = tally.totals.length > 1;
  const lines = tally.totals.map((total) => {
    if (!several) return totalText(total);
    const [one] = namesOf(total);
    const name = `${safe(total.scenario)} under ${safe(total.strategy)}`;
    return total.runs === 1 ? `${name}: ${one ?? ''}` : `${name}, ${totalText(total)}`;
  });
  return [
    ...lines.flatMap((line) => wrapped(line, width)),
    ...againLines(tally.again, tally.verdict, { paint, width }),
    ...overall(tally, { paint, width }),
  ];
}

function overall({ verdict, runs, failed }: Tally, { paint, width }: View): string[] {
  const text = overallText(verdict, runs, failed);
  const [first = '', ...rest] = wrapped(`${verdict}  ${text}`, width);
  const colour = passed(verdict) ? paint.good : paint.bad;
  return ['', colour(paint.strong(verdict)) + first.slice(verdict.length), ...rest];
}

function overallText(verdict: Verdict, runs: number, failed: number): string {
  if (runs === 0) return 'nothing was run';
  if (verdict === 'VOID') return 'no store ever met a write in flight: this proves nothing';
  if (failed > 0) return `${grouped(failed)} of ${counted(runs, 'run')} did not pass`;
  if (runs === 1 && !passed(verdict)) return 'the run passed, but not what was asked besides';
  const all = runs === 1 ? 'the run' : runs === 2 ? 'both runs' : `all ${grouped(runs)} runs`;
  if (passed(verdict)) return `${all} showed what was expected`;
  return `${all} passed, but not all of them together`;
}

function totalText(total: Total): string {
  const { runs, outcomes, exposedRuns, voidRuns } = total;
  const kinds = namesOf(total).map((name) => `${grouped(outcomes[name])} ${name}`);
  // None of n is not never: exact (Clopper-Pearson), two-sided, 95 %.
  const bound = percent(1 - 0.025 ** (1 / runs));
  const never = `; none exposed, which at 95 % confidence means less than ${bound} of all seeds`;
  const rest = exposedRuns === 0 && runs >= 10 ? never : '';
  const nothing = voidRuns > 0 ? `; ${grouped(voidRuns)} of them prove nothing (VOID)` : '';
  return `${counted(runs, 'run')}: ${listed(kinds)}${rest}${nothing}.`;
}

function namesOf({ outcomes }: Total): OutcomeName[] {
  const names: readonly OutcomeName[] = ['clean', 'exposed', 'diverged', 'harmed'];
  return names.filter((name) => outcomes[name] > 0);
}

function eachTable(runs: readonly Run[], tally: Tally, view: View): string {
  const columns: readonly Column[] = [
    ...namingColumns(tally),
    { head: 'seed', align: 'right' },
    { head: 'outcome', align: 'left' },
    { head: 'exposed', align: 'right', spare: 3 },
    { head: 'windows', align: 'right', spare: 2 },
    { head: 'raced', align: 'right', spare: 1 },
    { head: 'verdict', align: 'left' },
  ];
  const rows = runs.map((run) => [
    ...naming(run, tally),
    run.seed ?? '-',
    run.outcome,
    percent(run.exposure.fraction),
    grouped(run.exposure.windowCount),
    grouped(run.raceHits),
    run.verdict,
  ]);
  return table(columns, rows, runs.map(brush(view)), view);
}

function alikeTable(tally: Tally, view: View): string {
  const columns: readonly Column[] = [
    ...namingColumns(tally),
    { head: 'outcome', align: 'left' },
    { head: 'runs', align: 'right' },
    { head: 'share', align: 'right', spare: 1 },
    { head: 'exposed', align: 'right', spare: 3 },
    { head: 'first seed', align: 'right', spare: 2 },
    { head: 'verdict', align: 'left' },
  ];
  const rows = tally.alike.map((alike) => [
    ...naming(alike, tally),
    alike.outcome,
    grouped(alike.runs),
    percent(alike.runs / runsBeside(alike, tally)),
    percent(alike.exposure / alike.runs),
    alike.firstSeed,
    alike.verdict,
  ]);
  const brushes = tally.alike.map(brush(view));
  return table(columns, rows, brushes, view);
}

function runsBeside(alike: Alike, tally: Tally): number {
  const same = tally.totals.find(
    ({ scenario, strategy }) => scenario === alike.scenario && strategy === alike.strategy,
  );
  return same?.runs ?? tally.runs;
}

/** Scenario and strategy are columns only where they differ. */
function namingColumns(tally: Tally): Column[] {
  const differs = (of: (total: Total) => string): boolean => new Set(tally.totals.map(of)).size > 1;
  const columns: Column[] = [];
  if (differs(({ scenario }) => scenario)) columns.push({ head: 'scenario', align: 'left' });
  if (differs(({ strategy }) => strategy)) columns.push({ head: 'strategy', align: 'left' });
  return columns;
}

function naming(run: Pick<ToldRun, 'scenario' | 'strategy'>, tally: Tally): string[] {
  return namingColumns(tally).map(({ head }) =>
    safe(head === 'scenario' ? run.scenario : run.strategy),
  );
}

function brush({ paint }: View): (run: Pick<ToldRun, 'verdict'>) => (text: string) => string {
  return ({ verdict }) => (passed(verdict) ? (text) => text : paint.bad);
}

function failureLines(tally: Tally, view: View): string[] {
  const lines = tally.failures.flatMap((run) => [
    '',
    ...verdictLines(run, view),
    repeatLine(run.repeat, view.paint),
  ]);
  const more = tally.verdict === 'VOID' ? 0 : tally.failed - tally.failures.length;
  const rest = more > 0 ? ['', `and ${grouped(more)} more that did not pass`] : [];
  return [...lines, ...rest, ...tally.findings.flatMap((finding) => findingLines(finding, view))];
}

function findingLines(finding: Finding, { paint, width }: View): string[] {
  const about = `${safe(finding.scenario)} under ${safe(finding.strategy)}, all seeds together`;
  const [first = '', ...more] = wrapped(`${finding.verdict}  ${about}`, width);
  const verdict = paint.bad(paint.strong(finding.verdict));
  const reasons = finding.reasons.flatMap((reason) => wrapped(safe(reason), width - 2));
  return [
    '',
    verdict + first.slice(finding.verdict.length),
    ...more,
    ...reasons.map((line) => `  ${paint.bad(line)}`),
  ];
}
