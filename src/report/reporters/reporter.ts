/**
 * What came of a sweep, told in some format: text goes out as results come in, in the order of the
 * plan. A reporter has no file and no stream; whoever asks it writes what it says.
 */
import type { Ending } from '../../lab/sweep/header.js';
import type { Scorecard } from '../../lab/compare.js';
import type { Explored } from '../../lab/explore.js';
import type { SafetyByStrategy } from '../../lab/exploring/safety.js';
import type { Verdict } from '../../lab/outcome.js';
import type { Problem } from '../../scenario/problem.js';
import type { ExploredCard } from '../explored-table.js';
import type { ScoredRow } from '../scorecard.js';
import type { Story } from '../story.js';
import type { Piece, Tally } from '../tally.js';
import type { View } from '../view.js';

export interface Reporter {
  /** The next runs; a search has none. */
  runs(piece: Piece): Iterable<string>;
  end(results: Results): Iterable<string>;
  /**
   * Behind the end, when it is known what is left of failures that were made small, which takes its
   * time. A reporter without it has nothing to say of them.
   */
  shrunk?(failures: readonly UnexpectedFailure[]): Iterable<string>;
  /** In place of an end: nothing could be run, or not to its end. */
  refused(trouble: Trouble): Iterable<string>;
}

/** What a reporter is told before there is a result. */
export interface About {
  /** Of the sweep; `merge` until it is known. */
  readonly command: 'run' | 'compare' | 'merge' | 'explore';
  readonly version: string;
  readonly view: View;
  /** Whether the runs are so few that people want to read all of each. */
  readonly inFull: boolean;
  /** Whether they are few enough to be told one by one. */
  readonly keepsRuns: boolean;
}

export interface Results {
  readonly ending: Ending;
  /** Over all. */
  readonly verdict: Verdict;
  /** One for each scenario under each strategy, as planned; of a search, for each timing too. */
  readonly rows: readonly ResultRow[];
  /** The command that repeats all of it, and the same with JSON. */
  readonly repeat: string;
  readonly repeatAsJson: string;
  readonly found: Found;
}

/** What the two kinds of sweep add up to, and searches through everything. */
export type Found =
  | {
      readonly kind: 'run';
      readonly tally: Tally;
    }
  | {
      readonly kind: 'compare';
      readonly cards: readonly Scorecard<ScoredRow>[];
      /** How many runs were made again, to see whether they repeat. */
      readonly again: number;
    }
  | {
      readonly kind: 'explore';
      readonly cards: readonly ExploredCard[];
      /** Of all scenarios together. */
      readonly safety: SafetyByStrategy;
      /** Told at length where it is the only one. */
      readonly only: TextsOfOne | undefined;
    };

/** What is told of a search that stands alone. */
export interface TextsOfOne {
  readonly search: Explored;
  /** Of its shortest way to a divergence. */
  readonly story: Story | undefined;
  readonly small: SmallFailure | undefined;
}

/** The first run of a scenario under a strategy that failed and must not. */
export interface UnexpectedFailure {
  readonly file: string;
  readonly scenario: string;
  readonly strategy: string;
  /** undefined: its choices are fixed. */
  readonly seed: string | undefined;
  /** Makes it small. */
  readonly command: string;
  /** undefined: that was not done. */
  readonly small: SmallFailure | undefined;
}

export interface SmallFailure {
  /** false: made again it came out otherwise. */
  readonly repeats: boolean;
  text(view: View): string;
  readonly json: object;
}

export type ResultRow = RunsRow | SearchRow;

/** A scenario under a strategy, and what came of its runs. */
export interface RunsRow {
  readonly kind: 'runs';
  readonly file: string;
  readonly scenario: string;
  readonly strategy: string;
  /** How many runs it was to have. */
  readonly planned: number;
  /** undefined: none of them was made. */
  readonly row: ScoredRow | undefined;
}

/** A scenario under a strategy in a timing, and what came of trying everything. */
export interface SearchRow {
  readonly kind: 'search';
  readonly file: string;
  readonly scenario: string;
  readonly strategy: string;
  readonly found: Explored;
  readonly repeat: string;
}

export interface Trouble {
  /** Refused, which has a verdict, or a bug of desync, which has none. */
  readonly kind: 'ERROR' | 'INTERNAL ERROR';
  readonly problems: readonly ProblemJson[];
  readonly repeat: string;
}

/** A problem as JSON tells it: all but its frame; where a field has nothing to say it is null. */
export type ProblemJson = Pick<Problem, 'found'> & {
  readonly [field in Exclude<keyof Problem, 'found' | 'frame'>]-?: Problem[field] | null;
};
