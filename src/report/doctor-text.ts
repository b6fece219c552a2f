/** What `desync doctor` found: whether a run repeats, and where it first does not. */
import type { Diagnosis, Difference, ToldEvent } from '../lab/diagnose.js';
import { labelled, safe, wrapped } from './lines.js';
import { counted } from './quantities.js';
import { toldRow } from './rows.js';
import { repeatLine } from './run-text.js';
import type { View } from './view.js';

/** What it was run on. */
export interface Circumstances {
  readonly version: string;
  readonly modelVersion: number;
  /** `Node 20.20.2 (V8 11.3)`, `Bun 1.4.5` */
  readonly engine: string;
}

export function doctorText(
  found: Diagnosis,
  { version, modelVersion, engine }: Circumstances,
  repeat: string,
  view: View,
): string {
  const { paint, width } = view;
  const { difference } = found;
  const verdict = difference === undefined ? 'PASS-BOUNDED' : 'NONDETERMINISTIC';
  const colour = difference === undefined ? paint.good : paint.bad;
  const [first = '', ...more] = wrapped(`${verdict}  ${sentence(found)}`, width);
  const fact = (label: string, text: string): string[] => labelled(label, text, width);
  return [
    colour(paint.strong(verdict)) + first.slice(verdict.length),
    ...more,
    '',
    ...(difference === undefined ? [] : [...differenceLines(difference, view), '']),
    ...fact(
      'scenario',
      `${safe(found.scenario)} under ${safe(found.strategy)}, seed ${found.seed}`,
    ),
    ...fact('run', `${counted(found.events, 'event')}, fingerprint ${found.fingerprint}`),
    ...(found.stopped === undefined ? [] : fact('stopped', safe(found.stopped))),
    ...fact('desync', `${version}, model version ${modelVersion}`),
    ...fact('engine', engine),
    '',
    repeatLine(repeat, paint),
    '',
  ].join('\n');
}

function sentence({ difference, runs }: Diagnosis): string {
  if (difference === undefined) return `${counted(runs, 'run')} of one seed came out the same`;
  return `the same seed came out otherwise when it was run again ${difference.run}`;
}

function differenceLines(difference: Difference, view: View): string[] {
  const { event, first, second, firstNext, secondNext, field } = difference;
  const { paint, width } = view;
  if (event === undefined) {
    const what = field === undefined ? 'the outcome' : `\`${field}\``;
    return wrapped(`All events are the same; what differs is ${what}.`, width);
  }
  const [one, other] = [eventText(first), eventText(second)];
  const then = [
    ...labelled('then first', eventText(firstNext), width),
    ...labelled('then again', eventText(secondNext), width),
  ];
  const asked = 'It tells the same both times; what was asked or answered in it is not the same.';
  return [
    ...wrapped(`The first event that differs is number ${event}:`, width),
    ...labelled('first', one, width, paint.bad),
    ...labelled('again', other, width, paint.bad),
    ...(one === other ? wrapped(asked, width) : []),
    ...then,
  ];
}

function eventText(event: ToldEvent | undefined): string {
  if (event === undefined) return 'the run had ended';
  const nameOf = (sector: number): string => `sector ${sector}`;
  const told = event.happenings.map((one) => toldRow(one, { nameOf, regionOf: () => 0 }));
  const whats = told.map(({ actor, text }) =>
    actor === event.actor ? safe(text) : `${safe(actor)} ${safe(text)}`,
  );
  const what = whats.length === 0 ? 'told nothing' : whats.join('; ');
  return `${(event.atNs / 1e9).toFixed(9)} s, ${safe(event.actor)}: ${what}`;
}
