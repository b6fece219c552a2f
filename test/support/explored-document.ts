/** docs/explored.md: what was found where everything was tried, as the program prints it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explore, type Explored } from '../../src/lab/explore.js';
import { safetyAmong, safetyIn } from '../../src/lab/exploring/safety.js';
import { exploredMarkdown, type ExploredCard } from '../../src/report/explored-table.js';
import { SHIPPED, strategyNamed } from '../../src/strategies/shipped.js';
import type { Timing } from '../../src/sim/agenda.js';
import { shippedScenario } from './shipped-scenarios.js';

const TEXT = readFileSync(
  fileURLToPath(new URL('../../docs/explored.md', import.meta.url)),
  'utf8',
);

export interface DocumentedRow {
  readonly file: string;
  readonly strategy: string;
  readonly timing: Timing;
  readonly verdict: string;
  /** Those that were met; the search went no further than its limit, or all was tried. */
  readonly states: number;
  readonly isComplete: boolean;
  readonly line: string;
}

/** A part that a command printed, between its markers. */
export interface DocumentedPart {
  readonly folder: string;
  readonly timings: readonly Timing[];
  readonly mostStates: number | undefined;
  readonly text: string;
  readonly rows: readonly DocumentedRow[];
}

const PART = /<!-- desync (explore .*) -->\n\n([^]*?)\n\n<!-- end -->/g;

export function documentedParts(): DocumentedPart[] {
  return [...TEXT.matchAll(PART)].map(([, command = '', text = '']) => {
    const [, folder = ''] = /scenarios\/(\S+)\/\*\.yaml/.exec(command) ?? [];
    const most = /--max-states (\d+)/.exec(command)?.[1];
    const timings: readonly Timing[] = command.includes('--timing both')
      ? ['scenario', 'free']
      : ['scenario'];
    const mostStates = most === undefined ? undefined : Number(most);
    return { folder, timings, mostStates, text, rows: rowsIn(text, folder) };
  });
}

function rowsIn(text: string, folder: string): DocumentedRow[] {
  let file = '';
  return text.split('\n').flatMap((line): DocumentedRow[] => {
    if (line.startsWith('### ')) file = `${folder}/${line.slice(4)}.yaml`;
    const [, strategy = '', timing = '', verdict = '', states = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    if (timing !== 'scenario' && timing !== 'free') return [];
    const isComplete = !states.endsWith('+');
    const count = Number(states.replaceAll(/[,+ ]/g, ''));
    return [{ file, strategy, timing, verdict, states: count, isComplete, line }];
  });
}

export function remade(
  { file, strategy, timing }: Pick<DocumentedRow, 'file' | 'strategy' | 'timing'>,
  mostStates: number | undefined,
): Explored {
  const fix = strategyNamed(strategy);
  if (fix === undefined) throw new Error(`there is no ${strategy}`);
  const limits = { levels: 2, mostStates, untilFirst: false, stop: () => false };
  return explore(shippedScenario(file), fix, { ...limits, timing });
}

/** The whole part again. */
export function remadePart({ timings, mostStates, rows, text }: DocumentedPart): string {
  const files = [...new Set(rows.map(({ file }) => file))];
  const cards = files.map((file): ExploredCard => {
    const found = SHIPPED.flatMap(({ name: strategy }) =>
      timings.map((timing) => remade({ file, strategy, timing }, mostStates)),
    );
    const { name, story } = shippedScenario(file);
    return { scenario: name, story, found, safety: safetyIn(found) };
  });
  const [, repeat = ''] = /`(npx desync explore .*)`$/.exec(text) ?? [];
  return exploredMarkdown(cards, safetyAmong(cards.map(({ safety }) => safety)), repeat);
}
