/** What a search through everything found: the verdict in one sentence, then what it rests on. */
import type { Explored } from '../lab/explore.js';
import type { Kind } from '../lab/exploring/kinds.js';
import type { Met } from '../lab/exploring/search.js';
import { boundText } from './bound-text.js';
import { labelled, safe, wrapped } from './lines.js';
import { counted, grouped, listed } from './quantities.js';
import { repeatLine } from './run-text.js';
import type { Story } from './story.js';
import { storyTable } from './story-table.js';
import { passed } from './verdict.js';
import type { View } from './view.js';

/** Up to here a count is exact. */
const EXACT = Number.MAX_SAFE_INTEGER;

export function exploredText(
  found: Explored,
  story: Story | undefined,
  repeat: string,
  view: View,
): string {
  const { paint, width } = view;
  const lines = wrapped(`${found.verdict}: ${searchSummary(found)}`, width);
  const [first = ''] = lines;
  const colour = passed(found.verdict) ? paint.good : paint.bad;
  return [
    colour(paint.strong(found.verdict)) + first.slice(found.verdict.length),
    ...lines.slice(1),
    ...found.reasons.flatMap((reason) =>
      wrapped(safe(reason), width - 2).map((line) => `  ${colour(line)}`),
    ),
    '',
    ...labelled('scenario', `${safe(found.scenario)} under ${safe(found.strategy)}`, width),
    ...labelled('states', statesOf(found), width),
    ...labelled('timing', timingOf(found), width),
    ...labelled('shortest', shortestOf(found), width),
    ...(found.kinds.length === 0 ? [] : labelled('kinds', kindsOf(found), width)),
    ...labelled('cleared', clearedOf(found), width),
    '',
    ...(story === undefined ? [] : [storyTable(story, view)]),
    repeatLine(repeat, paint),
    '',
  ].join('\n');
}

/** The same, and the bound of it: in one line. */
export function searchSummary(found: Explored): string {
  return `${summaryOf(found)}; bound: ${boundText(found)}`;
}

/** `41,230 schedules, 388,113 crash points, 0 divergent` */
function summaryOf({ paths, complete, shortest }: Explored): string {
  if (paths !== undefined) {
    const { schedules, crashPoints, divergentCrashPoints } = paths;
    return `${many(schedules, 'schedule')}, ${many(crashPoints, 'crash point')}, ${many(divergentCrashPoints, 'divergent', '')}`;
  }
  const divergent = shortest === undefined ? 'none divergent' : 'some divergent';
  return `${complete ? 'schedules without end' : 'not all schedules'}, ${divergent}`;
}

/** `41,230 schedules`; what is too large to be counted exactly is told to three digits. */
function many(value: number, one: string, plural = 's'): string {
  if (value <= EXACT) return plural === '' ? `${grouped(value)} ${one}` : counted(value, one);
  return `about ${value.toExponential(2).replace('+', '')} ${one}${plural}`;
}

function statesOf({ states, events, frontier, collisionOdds }: Explored): string {
  const left = frontier === 0 ? '' : `, ${grouped(frontier)} of them not gone on from`;
  const odds = collisionOdds === 0 ? '0' : collisionOdds.toExponential(0);
  return `${grouped(states)}${left}, ${counted(events, 'event')} between them; two were taken for one with probability ${odds}`;
}

function timingOf({ timing }: Explored): string {
  return timing === 'free'
    ? 'free: anything that waits may be next, whatever its time; a transfer lands as a whole, so torn images are not counted'
    : 'scenario: due times count; ties, latencies and preemptions are tried';
}

/** A pass in which nothing could be cleared is no evidence for a rule of clearing. */
function clearedOf({ met, events }: Explored): string {
  const race = met.storesUnderWrite === 0 ? '; no store met a write in flight' : '';
  const none = clearedNothing(met);
  if (none !== undefined) return `${none}: this says nothing of when a mark may go${race}`;
  return `marks went in ${grouped(met.clears)} of ${counted(events, 'event')}${race}`;
}

/** Why it says nothing of a rule of clearing that none was exposed; undefined: marks went. */
export function clearedNothing({ clears, marks, storesUnderWrite }: Met): string | undefined {
  if (clears > 0) return undefined;
  if (marks > 0) return 'nothing was ever cleared';
  return storesUnderWrite > 0 ? 'the record always covers all' : 'nothing was ever marked';
}

function shortestOf({ shortest }: Explored): string {
  if (shortest === undefined) return 'no crash ends in divergence';
  const loud = shortest.choices.filter(({ answer }) => answer !== 0).length;
  return `${counted(shortest.steps, 'event')} to a divergence, ${counted(shortest.choices.length, 'answer')}, ${grouped(loud)} of them not quiet`;
}

/** `data: 25 events, harm wrong-data; harm block-lost: 49 events`, and whose fault it is. */
function kindsOf({ kinds }: Explored): string {
  const told = kinds.map(({ whose, counts, suffered, steps, ...kind }) => {
    const more = suffered.filter((harm) => harm !== kind.harm);
    const harm = more.length === 0 ? '' : `, harm ${listed(more)}`;
    const fault =
      whose === 'mirror' ? '' : `, the application's own${counts ? '' : ', not judged'}`;
    return `${kindName(kind)}: ${counted(steps, 'event')}${harm}${fault}`;
  });
  return told.join('; ');
}

/** What closes again before the event is over cannot be looked into. */
export function kindName({ block, harm }: Pick<Kind, 'block' | 'harm'>): string {
  if (harm !== undefined) return `harm ${harm}`;
  return block === undefined ? 'in passing' : safe(block);
}
