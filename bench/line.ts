/** One row of the table: what is measured, beside what, and what it should come to. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  /** A limit that no simulator gets past, or a peer: measured in the same run. */
  readonly beside: string;
  /** undefined: the figure is for information. */
  readonly aim?: Aim;
}

/** Of our figure, or of ours divided by theirs. */
export interface Aim {
  readonly of: 'ours' | 'ratio';
  readonly least?: number;
  readonly most?: number;
}

export interface Figure {
  readonly ours: number;
  readonly theirs: Theirs;
}

/** A peer that is not there is told, with what would bring it. */
export type Theirs = number | { readonly missing: string };

/** How much is measured: all of it, or so little that the figures mean nothing. */
export interface Effort {
  /** Of the usual number of runs. */
  readonly share: number;
  /** How often each is measured; the median counts. */
  readonly times: number;
}

export const WHOLE: Effort = { share: 1, times: 5 };
export const QUICK: Effort = { share: 0.01, times: 1 };

export interface Bench {
  readonly lines: readonly Line[];
  /** A figure for each line, in their order. */
  measure(effort: Effort): readonly Figure[] | Promise<readonly Figure[]>;
}

/** As many as that effort makes of what is usually made so often. */
export function shareOf(usual: number, { share }: Effort): number {
  return Math.max(1, Math.round(usual * share));
}
