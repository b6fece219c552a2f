/** Results whose every text is somebody else's, made as a sweep or a search makes them. */
import fc from 'fast-check';
import { desyncCommand } from '../../../src/cli/shell.js';
import { scorecardOf } from '../../../src/lab/compare.js';
import { VERDICTS, type Verdict } from '../../../src/lab/outcome.js';
import type { Explored } from '../../../src/lab/explore.js';
import { safetyAmong, safetyIn } from '../../../src/lab/exploring/safety.js';
import type {
  Results,
  ResultRow,
  SearchRow,
  UnexpectedFailure,
} from '../../../src/report/reporters/reporter.js';
import { gravest } from '../../../src/report/verdict.js';
import type { Run } from '../../../src/report/view.js';
import { clean, harmed } from '../../report/mail-race.js';
import { resultsOf, rowOf, scoreOf } from '../../support/results.js';
import { tallied } from '../../support/summed.js';
import { hostileText } from '../hostile-text.js';

/** What a row is made from. */
export interface Seeds {
  readonly scenario: string;
  readonly strategy: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** Stands wherever a run tells of files and blocks. */
  readonly detail: string;
  /** Which were made, and which were left out besides. */
  readonly made: number;
  readonly left: number;
}

export const seeds: fc.Arbitrary<Seeds> = fc.record(
  {
    scenario: hostileText,
    strategy: hostileText,
    file: fc.oneof(hostileText, fc.constantFrom('-', './x.yaml')),
    verdict: fc.constantFrom(...VERDICTS),
    reasons: fc.array(hostileText, { maxLength: 2 }),
    detail: hostileText,
    made: fc.nat(2),
    left: fc.nat(1),
  },
  { noNullPrototype: true },
);

const MET = { storesUnderWrite: 1, marks: 2, clears: 1 };
const BOUND = {
  pages: 1,
  metadata: true,
  stores: 2,
  writebacks: 2,
  syncs: 0,
  latenciesNs: [1_000_000],
  pausesNs: undefined,
  preemptionsNs: undefined,
};

export function runOf({ scenario, strategy, verdict, reasons, detail, file }: Seeds): Run {
  const source = { path: strategy, sha256: 'ab'.repeat(32), name: detail };
  return {
    ...(verdict === 'FAIL' ? harmed : clean),
    scenario,
    strategy,
    verdict,
    reasons,
    strategySource: detail === '' ? undefined : source,
    aftermath: [{ step: detail, lines: [detail, detail] }],
    divergence: harmed.divergence.map((each) => ({ ...each, belongsTo: detail })),
    harm: harmed.harm.map((each) => ({ ...each, files: [detail, detail], text: detail })),
    repeat: desyncCommand(['run', file, '--strategy', strategy]),
  };
}

export function sweepOf(
  all: readonly Seeds[],
  kind: 'run' | 'compare',
  ending: Results['ending'],
): Results {
  const rows = all.map((each): ResultRow => {
    const { file, made, left } = each;
    return { ...rowOf(runOf(each), made, Math.max(1, made + left)), file };
  });
  const runs = all.flatMap((each) =>
    Array.from({ length: each.made }, (_, n) => ({ ...runOf(each), seed: String(n) })),
  );
  const results = { ...resultsOf([], ending), rows, ...commands(all) };
  if (kind === 'run') {
    const tally = tallied(runs);
    for (const each of all.slice(0, 2)) tally.addFinding(each);
    return { ...results, verdict: tally.verdict, found: { kind, tally } };
  }
  const scores = all.map((each) => scoreOf(runOf(each), each.made));
  const card = scorecardOf(scores, all[0]?.strategy ?? '');
  const scored = card?.rows.map((row) => ({ ...row, repeat: results.repeat })) ?? [];
  const cards = card === undefined ? [] : [{ ...card, rows: scored }];
  const verdict = gravest(scored.map((row) => row.verdict));
  return { ...results, verdict, found: { kind, cards, again: scored.length } };
}

export function searchesOf(all: readonly Seeds[]): Results {
  const rows = all.map((each): SearchRow => {
    const { file, scenario, strategy } = each;
    return { kind: 'search', file, scenario, strategy, found: foundOf(each), ...commands([each]) };
  });
  const cards = rows.map(({ scenario, found }, n) => {
    const story = all[n]?.detail ?? '';
    return { scenario, story, found: [found], safety: safetyIn([found]) };
  });
  const safety = safetyAmong(cards.map((card) => card.safety));
  const [one] = rows.length === 1 ? rows : [];
  const only = one && { search: one.found, story: undefined, small: undefined };
  const verdict = gravest(all.map((each) => each.verdict));
  const found = { kind: 'explore', cards, safety, only } as const;
  return { ...resultsOf([]), rows, verdict, found, ...commands(all) };
}

function foundOf({ scenario, strategy, verdict, reasons, made, left }: Seeds): Explored {
  return {
    scenario,
    strategy,
    timing: made > 0 ? 'free' : 'scenario',
    levels: undefined,
    bound: BOUND,
    verdict,
    reasons,
    complete: left === 0,
    states: 9,
    frontier: left,
    events: 8,
    met: MET,
    collisionOdds: 0,
    paths: left > 0 ? undefined : { schedules: 1e20, crashPoints: 7, divergentCrashPoints: made },
    shortest: made > 1 ? { steps: 3, choices: [] } : undefined,
    kinds: [],
  };
}

export function unexpectedOf({ file, scenario, strategy, made }: Seeds): UnexpectedFailure {
  const command = desyncCommand(['shrink', file, '--strategy', strategy]);
  const seed = made > 1 ? String(made) : undefined;
  return { file, scenario, strategy, seed, command, small: undefined };
}

function commands(all: readonly Seeds[]): Pick<Results, 'repeat' | 'repeatAsJson'> {
  const repeat = desyncCommand(['run', ...all.map(({ file }) => file)]);
  return { repeat, repeatAsJson: `${repeat} --json` };
}
