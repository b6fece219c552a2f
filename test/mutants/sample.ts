/**
 * A sample of Stryker's mutants: drawn at random from all mutants of a room, so that the share that
 * is noticed among them says, with its interval, how many would be noticed of all.
 *
 * A mutant is looked at with the tests of its room first, and with the laws if those let it pass.
 */
import { wilson } from '../../src/lab/statistics.js';
import { seeded } from '../../src/sim/seeded.js';

/** As Stryker's reports have it. */
export interface Change {
  readonly fileName: string;
  /** Lines count from 1. */
  readonly location: { readonly start: Position; readonly end: Position };
  readonly mutatorName: string;
  readonly replacement?: string;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Stryker's word for what came of a mutant. */
export type Status =
  'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError' | 'CompileError';

/** Undefined: it was not asked. */
export interface Looks {
  readonly room: Status | undefined;
  readonly laws: Status | undefined;
}

export interface Score {
  readonly byRoom: number;
  readonly byLaws: number;
  readonly timedOut: number;
  readonly survived: number;
  /** Runs at load time only, or cannot be run. */
  readonly leftOut: number;
  /** Of a draw that was broken off. */
  readonly unmeasured: number;
}

const HEAD = [
  'room',
  'mutants',
  'drawn',
  'left out',
  'killed',
  'by laws',
  'timed out',
  'survived',
  'score',
  '95 %',
];

/** Two mutants of a program never have the same. */
export function keyOf({ fileName, location, mutatorName, replacement = '' }: Change): string {
  const { start, end } = location;
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${fileName}:${place} ${mutatorName}: ${replacement}`;
}

/** Each part is equally likely; of one seed, a small draw is the beginning of a larger one. */
export function drawn<T>(all: readonly T[], size: number, seed: string): T[] {
  const rest = [...all];
  const stream = seeded(seed).stream('mutants');
  return Array.from({ length: Math.min(size, all.length) }, () => {
    const at = rest.length > 1 ? stream.choose(rest.length, 'which is drawn') : 0;
    return rest.splice(at, 1)[0]!;
  });
}

/** Whether the laws are to be asked. */
export function isOpen(room: Status | undefined): boolean {
  return room === 'Survived' || room === 'NoCoverage';
}

export function scoreOf(looks: readonly Looks[]): Score {
  const kinds = looks.map(kindOf);
  const count = (kind: keyof Score): number => kinds.filter((one) => one === kind).length;
  return {
    byRoom: count('byRoom'),
    byLaws: count('byLaws'),
    timedOut: count('timedOut'),
    survived: count('survived'),
    leftOut: count('leftOut'),
    unmeasured: count('unmeasured'),
  };
}

/** In Markdown, a row a room. */
export function sampleTable(
  rooms: readonly {
    readonly room: string;
    readonly all: number;
    readonly looks: readonly Looks[];
  }[],
): string {
  const rows = rooms.map(({ room, all, looks }) => {
    const { byRoom, byLaws, timedOut, survived, leftOut, unmeasured } = scoreOf(looks);
    const noticed = byRoom + byLaws + timedOut;
    const measured = noticed + survived;
    const drawnOf = unmeasured > 0 ? `${looks.length} (${unmeasured} to do)` : `${looks.length}`;
    const { low, high } = wilson(noticed, measured);
    const score = measured === 0 ? '-' : percent(noticed / measured);
    const interval = `${percent(low)} to ${percent(high)}`;
    const counts = [leftOut, byRoom, byLaws, timedOut, survived];
    return [room, all, drawnOf, ...counts, score, interval];
  });
  return [HEAD, HEAD.map((_, n) => (n === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function kindOf({ room, laws }: Looks): keyof Score {
  switch (room) {
    case 'Killed':
      return 'byRoom';
    case 'Timeout':
      return 'timedOut';
    case undefined:
      return 'unmeasured';
    case 'Ignored':
    case 'RuntimeError':
    case 'CompileError':
      return 'leftOut';
    case 'Survived':
    case 'NoCoverage':
      if (laws === 'Killed') return 'byLaws';
      if (laws === 'Timeout') return 'timedOut';
      return laws === undefined ? 'unmeasured' : 'survived';
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
