/** Runs as JSON: what is absent is null, never missing; nothing in it can steer a terminal. */
import type { Costs } from '../lab/costs.js';
import type { ExposureWindow, Verdict } from '../lab/outcome.js';
import { escaped } from './lines.js';
import type { Timing } from '../sim/agenda.js';
import type { Run } from './view.js';

/** What every `--json` object begins with. */
export interface Envelope {
  readonly format: string;
  readonly tool: { readonly version: string };
  /** null for commands that judge nothing. */
  readonly verdict: Verdict | null;
  /** The command that repeats the whole. */
  readonly repeat: string;
}

export function envelope(
  command: string,
  version: string,
  verdict: Verdict | null,
  repeat: string,
): Envelope {
  return { format: `desync/${command}@1`, tool: { version }, verdict, repeat };
}

/**
 * DEL, the C1 controls and what turns the reading direction: JSON itself escapes only below U+0020.
 */
const UNESCAPED = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One object as indented text with a line break at its end. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2).replace(UNESCAPED, escaped)}\n`;
}

/** One object in one line. */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value).replace(UNESCAPED, escaped)}\n`;
}

export interface RunJson {
  readonly scenario: string;
  readonly strategy: string;
  /** null for those that come with the program. */
  readonly strategySource: {
    readonly path: string;
    readonly sha256: string;
    readonly name: string;
  } | null;
  /** Text of a whole number up to 2^53-1. */
  readonly seed: string | null;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly outcome: string;
  readonly events: number;
  readonly timing: Timing;
  readonly simulatedNs: number;
  readonly raceHits: number;
  readonly storesUnderWrite: number;
  readonly exposure: {
    readonly fraction: number;
    /** May be more than `windows` has. */
    readonly windowCount: number;
    readonly windows: readonly ExposureWindow[];
    /** What is an application's own responsibility; the rest leaves it out. */
    readonly byApplication: { readonly fraction: number; readonly windowCount: number };
  };
  readonly costs: Costs;
  readonly crash: { readonly atNs: number; readonly markedRegions: number } | null;
  readonly recovery: {
    readonly resyncedRegions: number;
    readonly resyncBytes: number;
    readonly durationNs: number;
  } | null;
  readonly aftermath: readonly { readonly step: string; readonly lines: readonly string[] }[];
  readonly divergence: readonly {
    readonly sector: number;
    readonly block: number;
    readonly belongsTo: string;
    readonly excerpt: string;
    readonly byApplication: boolean;
  }[];
  readonly harm: readonly {
    readonly kind: string;
    readonly block: number | null;
    readonly files: readonly string[];
    readonly text: string;
    readonly byApplication: boolean;
  }[];
  readonly fingerprint: string;
  readonly repeat: string;
}

/**
 * Every field is named here, so that what the lab adds does not become part of the format unseen.
 */
export function runJson(run: Run): RunJson {
  const { exposure, crash, recovery, strategySource: source } = run;
  return {
    scenario: run.scenario,
    strategy: run.strategy,
    strategySource:
      source === undefined ? null : { path: source.path, sha256: source.sha256, name: source.name },
    seed: run.seed ?? null,
    verdict: run.verdict,
    reasons: run.reasons,
    outcome: run.outcome,
    events: run.events,
    timing: run.timing,
    simulatedNs: run.simulatedNs,
    raceHits: run.raceHits,
    storesUnderWrite: run.storesUnderWrite,
    exposure: {
      fraction: exposure.fraction,
      windowCount: exposure.windowCount,
      windows: exposure.windows.map(({ fromNs, toNs, regions }) => ({ fromNs, toNs, regions })),
      byApplication: {
        fraction: exposure.byApplication.fraction,
        windowCount: exposure.byApplication.windowCount,
      },
    },
    costs: costsJson(run.costs),
    crash: crash === undefined ? null : { atNs: crash.atNs, markedRegions: crash.markedRegions },
    recovery:
      recovery === undefined
        ? null
        : {
            resyncedRegions: recovery.resyncedRegions,
            resyncBytes: recovery.resyncBytes,
            durationNs: recovery.durationNs,
          },
    aftermath: run.aftermath.map(({ step, lines }) => ({ step, lines })),
    divergence: run.divergence.map(({ sector, block, belongsTo, excerpt, byApplication }) => ({
      sector,
      block,
      belongsTo,
      excerpt,
      byApplication,
    })),
    harm: run.harm.map(({ kind, block, files, text, byApplication }) => ({
      kind,
      block: block ?? null,
      files,
      text,
      byApplication,
    })),
    fingerprint: run.fingerprint,
    repeat: run.repeat,
  };
}

function costsJson(costs: Costs): Costs {
  return {
    recordWrites: costs.recordWrites,
    marks: costs.marks,
    clears: costs.clears,
    expectedResyncBytes: costs.expectedResyncBytes,
    expectedResyncNs: costs.expectedResyncNs,
    storeWaits: costs.storeWaits,
    storeWaitNs: costs.storeWaitNs,
    longestStoreWaitNs: costs.longestStoreWaitNs,
    writesHeld: costs.writesHeld,
    copiedBytes: costs.copiedBytes,
    sums: costs.sums,
    pageWriteBytes: costs.pageWriteBytes,
    syncWriteBytes: costs.syncWriteBytes,
    syncs: costs.syncs,
    writeLatencyP50Ns: costs.writeLatencyP50Ns,
    writeLatencyP99Ns: costs.writeLatencyP99Ns,
  };
}
