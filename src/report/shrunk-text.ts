/** What shrinking left of a failure: how much, what it is, and its story. */
import type { Shrunk, Size } from '../lab/shrink.js';
import { labelled, safe, wrapped } from './lines.js';
import { counted, grouped } from './quantities.js';
import { repeatLine } from './run-text.js';
import type { Story } from './story.js';
import { storyTable } from './story-table.js';
import type { View } from './view.js';

export interface ToldShrunk {
  readonly shrunk: Shrunk;
  /** What is left of the scenario, as its file says it. */
  readonly left: string;
  readonly story: Story;
  readonly repeat: string;
}

export function shrunkText({ shrunk, left, story, repeat }: ToldShrunk, view: View): string {
  const { paint, width } = view;
  const { before, after, outcome } = shrunk;
  const about = `${safe(outcome.scenario)} under ${safe(outcome.strategy)}, shrunk: ${failureText(shrunk)}`;
  const fact = (label: string, text: string): string[] => labelled(label, text, width);
  return [
    ...wrapped(about, width).map((line) => paint.strong(line)),
    '',
    ...fact('was', sizeText(before)),
    ...fact('is', `${sizeText(after)}; ${counted(shrunk.runs, 'run')} tried`),
    ...fact(shrunk.isMinimal ? '1-minimal' : 'not minimal', minimalText(shrunk)),
    '',
    storyTable(story, view),
    ...left
      .trimEnd()
      .split('\n')
      .map((line) => `  ${safe(line)}`),
    '',
    repeatLine(repeat, paint),
    '',
  ].join('\n');
}

export function nothingShrunkText(
  scenario: string,
  strategy: string,
  repeat: string,
  { paint, width }: View,
): string {
  const text = `${safe(scenario)} under ${safe(strategy)}: nothing to shrink, this run is clean`;
  return [...wrapped(text, width), '', repeatLine(repeat, paint), ''].join('\n');
}

function failureText({ failure }: Shrunk): string {
  const { outcome, harm, block } = failure;
  const what = harm ?? block;
  return what === undefined ? outcome : `${outcome} (${safe(what)})`;
}

function sizeText({ steps, answers, events }: Size): string {
  return `${counted(steps, 'step')}, ${counted(answers, 'answer')} other than 0, ${counted(events, 'event')}`;
}

function minimalText({ isMinimal, repeats, ways, outcome }: Shrunk): string {
  if (!repeats) {
    return 'made again it came out otherwise: under this strategy a run depends on those before it';
  }
  if (!isMinimal) return 'it was stopped: something may still be removed or lowered';
  const tried = `${grouped(ways)} ${ways === 1 ? 'way' : 'ways'}`;
  const how = outcome.timing === 'free' ? ', removals in every order of as many events' : '';
  return `removing or lowering any single thing makes the failure go away: ${tried} tried${how}`;
}
