/** One run in words: the verdict first, then what happened in the order in which it happened. */
import { applicationLines } from './application-text.js';
import { divergenceLines, harmLines } from './damage-text.js';
import type { AftermathRecord, RecoverySummary } from '../lab/outcome.js';
import { costsText } from './costs-text.js';
import { labelled, safe, wrapped } from './lines.js';
import type { Brush, Paint } from './paint.js';
import { counted, grouped, instant, percent, size, span } from './quantities.js';
import { passed } from './verdict.js';
import type { Run, ToldRun, View } from './view.js';

/**
 * Columns of the names of steps, and of the terminal, with which what they said stands beside them.
 */
const MOST_BROAD = 16;
const ROOM_BESIDE = 60;
/** Of 64: enough to tell files apart; JSON has them all. */
const SHOWN_DIGITS = 12;

/** `story` is the scenario's; undefined where the reader has just read it. */
export function runText(run: Run, story: string | undefined, view: View): string {
  const { paint, width } = view;
  const told = story === undefined ? [] : [...storyLines(story, width), ''];
  return [
    ...verdictLines(run, view),
    '',
    ...told,
    ...factLines(run, view),
    '',
    repeatLine(run.repeat, paint),
    '',
  ].join('\n');
}

/** A story that stands in several lines of its file is one text. */
export function storyLines(story: string, width: number): string[] {
  return wrapped(safe(story.replaceAll('\n', ' ')), width);
}

export function repeatLine(command: string, paint: Paint): string {
  return commandLine('repeat', command, paint);
}

/** `what`: what it is for, in a word. */
export function commandLine(what: string, command: string, paint: Paint): string {
  return paint.dim(`${what}: `) + command;
}

/** The verdict, what it is about, and why it is not a pass. */
export function verdictLines(run: ToldRun, { paint, width }: View): string[] {
  const seed = run.seed === undefined ? '' : `, seed ${run.seed}`;
  const about = `${safe(run.scenario)} under ${strategyText(run)}${seed}: ${run.outcome}`;
  const lines = wrapped(`${run.verdict}  ${about}`, width);
  const colour = passed(run.verdict) ? paint.good : run.verdict === 'VOID' ? paint.warn : paint.bad;
  const [first = ''] = lines;
  const painted = colour(paint.strong(run.verdict)) + first.slice(run.verdict.length);
  const reasons = run.reasons.flatMap((reason) =>
    wrapped(safe(reason), width - 2).map((line) => `  ${colour(line)}`),
  );
  return [painted, ...lines.slice(1), ...reasons];
}

/** A strategy of the user's own: beside its path what the file calls it, and which file it was. */
function strategyText({ strategy, strategySource: source }: ToldRun): string {
  if (source === undefined) return safe(strategy);
  return `${safe(strategy)} (${safe(source.name)}, sha256 ${source.sha256.slice(0, SHOWN_DIGITS)})`;
}

/** What happened: everything below the verdict and the story. */
export function factLines(run: Run, { paint, width }: View): string[] {
  const fact = (label: string, text: string, colour?: Brush): string[] =>
    labelled(label, text, width, colour);
  const { recovery } = run;
  return [
    ...fact('ran', ran(run)),
    ...fact('raced', raced(run)),
    ...fact('exposed', exposed(run)),
    ...(isFree(run) ? [] : fact('cost', costsText(run.costs))),
    ...fact('crash', crashed(run)),
    ...(recovery === undefined ? [] : fact('recovery', recovered(recovery))),
    ...aftermathLines(run.aftermath, { paint, width }),
    ...damageLines(run, { paint, width }),
    ...applicationLines(run, { paint, width }),
  ];
}

/** What the mirror answers for. */
function damageLines(run: Run, view: View): string[] {
  const divergence = run.divergence.filter(({ byApplication }) => !byApplication);
  const harm = run.harm.filter(({ byApplication }) => !byApplication);
  const nowhere = run.divergence.length > 0 ? 'nowhere else' : 'nowhere: the legs agree';
  const none = run.recovery === undefined ? [] : labelled('diverged', nowhere, view.width);
  return [
    ...(divergence.length === 0 ? none : divergenceLines(divergence, view)),
    ...harmLines(harm, view),
  ];
}

/** Then nothing has a time, and what a fix costs is not told. */
function isFree({ timing }: Run): boolean {
  return timing === 'free';
}

function ran(run: Run): string {
  const events = counted(run.events, 'event');
  return isFree(run)
    ? `${events} in free timing: the choices say what comes next, whatever its time`
    : `${span(run.simulatedNs)} of virtual time, ${events}`;
}

function raced({ raceHits, storesUnderWrite }: Run): string {
  if (storesUnderWrite === 0) return 'never: no store met a write in flight';
  const hits = raceHits === 0 ? 'none' : grouped(raceHits);
  const met = `${counted(storesUnderWrite, 'store')} that met a write in flight`;
  return `${hits} of ${met} fell between the legs' samples`;
}

function exposed(run: Run): string {
  const { exposure, simulatedNs } = run;
  const { fraction, windows, windowCount } = exposure;
  if (windowCount === 0) return 'never';
  if (isFree(run)) return `${counted(windowCount, 'time')}; without time there is no share of it`;
  const share = `${percent(fraction)} of the time`;
  const longest = windows.reduce((a, b) => (b.toNs - b.fromNs > a.toNs - a.fromNs ? b : a));
  const reaches = longest.toNs >= simulatedNs ? ' until the end' : '';
  const at = `from ${instant(longest.fromNs)}${reaches}`;
  const length = span(longest.toNs - longest.fromNs);
  if (windowCount === 1) return `${share}, in one window of ${length} ${at}`;
  const among = windowCount > windows.length ? ` of the first ${grouped(windows.length)}` : '';
  return `${share}, in ${grouped(windowCount)} windows, the longest${among} ${length} ${at}`;
}

function crashed(run: Run): string {
  if (run.crash === undefined) return 'none';
  const { atNs, markedRegions } = run.crash;
  const marked = markedRegions === 0 ? 'no region' : counted(markedRegions, 'region');
  const when = isFree(run) ? `after ${counted(run.events, 'event')}` : `at ${instant(atNs)}`;
  return `${when}, with ${marked} marked`;
}

function recovered({ resyncedRegions, resyncBytes, durationNs }: RecoverySummary): string {
  if (resyncedRegions === 0) return 'nothing to copy: every region was believed clean';
  const copied = `${counted(resyncedRegions, 'region')} copied`;
  return `${copied}, ${size(resyncBytes)} in ${span(durationNs)}`;
}

/**
 * The steps after the crash, each with what it said beside it; under it where there is little room.
 */
function aftermathLines(steps: readonly AftermathRecord[], { width }: View): string[] {
  const saying = steps.filter(({ lines }) => lines.length > 0).map(({ step }) => safe(step).length);
  const broad = Math.min(MOST_BROAD, Math.max(0, ...saying)) + 2;
  return steps.flatMap(({ step, lines }, n) => {
    const name = safe(step);
    const beside = width >= ROOM_BESIDE && name.length + 2 <= broad;
    const indent = ' '.repeat(beside ? broad : 2);
    const room = width - labelled('', '', width).join('').length - indent.length;
    const said = lines.flatMap((line) => wrapped(safe(line), room));
    const head = beside ? name.padEnd(broad) + (said.shift() ?? '') : name;
    const texts = [head, ...said.map((line) => indent + line)];
    return texts.flatMap((text, m) =>
      labelled(n === 0 && m === 0 ? 'afterwards' : '', text, width),
    );
  });
}
