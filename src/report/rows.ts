/** One happening as one row of a timeline: when, whose, and in a few words what. */
import type { Happening } from '../machine/happening.js';
import { counted, listed } from './quantities.js';

export interface Row {
  /** Nanoseconds since the start. */
  readonly at: number;
  readonly actor: string;
  readonly text: string;
  /**
   * A race is what the story is about; a state is what is true from here on, and belongs to nobody.
   */
  readonly kind: 'event' | 'race' | 'state';
  /** What split the legs, or what sealed it: from there on a crash is not repaired. */
  readonly mark?: Mark;
  /** Happens together with the row before it, by somebody else. */
  readonly beside?: true;
}

export type Mark = 'split' | 'sealed';

export interface Naming {
  /** `block bitmap of group 0` */
  nameOf(sector: number): string;
  regionOf(sector: number): number;
}

export function toldRow(happening: Happening, naming: Naming): Row {
  const { at, actor } = happening;
  return { at, actor, text: textOf(happening, naming), kind: kindOf(happening) };
}

function kindOf(happening: Happening): Row['kind'] {
  switch (happening.kind) {
    case 'exposed':
    case 'covered':
    case 'crash':
      return 'state';
    case 'store': {
      const { sampledBefore } = happening;
      return sampledBefore.includes(true) && sampledBefore.includes(false) ? 'race' : 'event';
    }
    default:
      return 'event';
  }
}

function textOf(happening: Happening, naming: Naming): string {
  switch (happening.kind) {
    case 'store':
      return `${happening.what} in ${naming.nameOf(happening.sector)}`;
    case 'dirtied':
      return `dirties ${span(happening, naming)}`;
    case 'step':
      return happening.what;
    case 'submitted':
      return `writes ${span(happening, naming)}`;
    case 'transfer':
      return `transfers ${span(happening, naming)}`;
    case 'landed':
      return `${span(happening, naming)} durable`;
    case 'completed':
      return `write complete: ${span(happening, naming)}`;
    case 'marked':
      return `marks ${regions(happening.regions)}`;
    case 'cleared':
      return `clears ${regions(happening.regions)}`;
    case 'log-landed':
      return logText(happening.marked, happening.cleared);
    case 'cache-flushed':
      return 'cache flushed';
    case 'exposed':
      return exposedText(regions(happening.regions));
    case 'covered':
      return '*** covered: a crash would be repaired again';
    case 'crash':
      return '*** crash: power is lost';
  }
}

function exposedText(where: string): string {
  return `*** exposed: the legs differ in ${where}, called clean by the log`;
}

function logText(marked: readonly number[], cleared: readonly number[]): string {
  const parts = [
    ...(marked.length > 0 ? [`${regions(marked)} marked`] : []),
    ...(cleared.length > 0 ? [`${regions(cleared)} clean`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'durable, nothing changed';
}

/** The first three by number. */
export function regions(numbers: readonly number[]): string {
  const named = numbers.slice(0, 3).map(String);
  const rest = numbers.length - named.length;
  const all = rest > 0 ? [...named, `${rest} more`] : named;
  return `region${numbers.length === 1 ? '' : 's'} ${listed(all)}`;
}

/**
 * What a range of sectors is: named by its first, and by how many sectors there are when its last
 * has another name.
 */
function span(
  { sector, sectors }: { readonly sector: number; readonly sectors: number },
  naming: Naming,
): string {
  const first = naming.nameOf(sector);
  if (sectors <= 1 || naming.nameOf(sector + sectors - 1) === first) return first;
  return `${counted(sectors, 'sector')} from ${first}`;
}
