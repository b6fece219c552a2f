/** The strategies as a list for people: what each does, and what is paid and needed for it. */
import { columns, isNarrow, labelled, wrapped } from './lines.js';
import { size } from './quantities.js';
import type { View } from './view.js';

export interface ListedStrategy {
  readonly name: string;
  readonly summary: string;
  readonly record: string;
  /** null: the scenario's `regionSize`. */
  readonly granule: number | 'device' | null;
  readonly costs: string | null;
  readonly assumes: string | null;
  readonly needs: string | null;
  readonly parameters: readonly ListedParameter[];
}

/** What a scenario may say of it in its `strategies:` section. */
export interface ListedParameter {
  readonly name: string;
  readonly meaning: string;
  /** As a scenario would write it. */
  readonly usual: string;
}

export function strategiesText(strategies: readonly ListedStrategy[], view: View): string {
  return strategies.map((strategy) => `${blockOf(strategy, view).join('\n')}\n`).join('\n');
}

function blockOf(strategy: ListedStrategy, { paint, width }: View): string[] {
  const { record, granule, costs, assumes, needs, parameters } = strategy;
  const fact = (label: string, text: string | null): string[] =>
    text === null ? [] : labelled(label, text, width);
  return [
    ...headOf(strategy, { paint, width }),
    ...fact('record', `${record}, ${unitOf(granule)}`),
    ...fact('costs', costs),
    ...fact('assumes', assumes),
    ...fact('needs', needs === null ? null : `what no kernel has: ${needs}`),
    ...parameters.flatMap(({ name: parameter, meaning, usual }, n) =>
      labelled(n === 0 ? 'parameters' : '', `${parameter}: ${usual}. ${meaning}`, width),
    ),
  ];
}

/** Where there is little room, under the name of each, however short that is. */
function headOf({ name, summary }: ListedStrategy, { paint, width }: View): string[] {
  if (!isNarrow(width)) return columns([[name, summary]], width, paint.strong);
  return [paint.strong(name), ...wrapped(summary, width - 2).map((line) => `  ${line}`)];
}

function unitOf(granule: ListedStrategy['granule']): string {
  if (granule === null) return "in the scenario's regions";
  return granule === 'device' ? 'one region for all' : `in regions of ${size(granule)}`;
}
