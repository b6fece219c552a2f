/**
 * A scenario: everything that a run depends on except the strategy and the choices. Plain data,
 * frozen once loaded.
 */
import type { AftermathStep, HarmKind } from '../aftermath/steps.js';
import type { KernelName } from '../machine/kernel.js';
import type { Application } from '../machine/program.js';
import type { Drive } from '../media/drives.js';
import type { Spread } from '../media/latency.js';
import type { Timing } from '../sim/agenda.js';
import type { Choice } from '../sim/entropy.js';
import type { Duration, Instant } from '../sim/time.js';
import type { StrategyParameters } from '../strategies/parameters.js';

export interface Scenario {
  /** The file's name without its folder and ending. */
  readonly name: string;
  readonly story: string;
  /** Text of a whole number from 0 to 2^53-1: the seed when the command names none. */
  readonly seed: string;
  readonly duration: Duration;
  readonly kernel: KernelName;
  readonly memoryBytes: number;
  readonly mirror: {
    readonly regionBytes: number;
    readonly legs: readonly Drive[];
    readonly log: Drive;
    /** Whether the legs are known to be equal at boot, or a first recovery has all to copy. */
    readonly initially: 'in-sync' | 'out-of-sync';
  };
  readonly filesystem: {
    readonly type: 'ext2';
    readonly blockBytes: 1024 | 4096;
    readonly bytes: number;
  };
  /** Files that are there, whole and in sync, at boot. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** `stay`: all stores come within one second, so that none changes a file's times. */
  readonly fileTimes: 'change' | 'stay';
  /** How long a thread may be gone at a point at which it can be preempted. */
  readonly preemption: Spread;
  readonly workload: readonly Application[];
  readonly crash: CrashPlan;
  readonly recovery: {
    /** Hundredths of the recovery that are durable when the power fails again, time after time. */
    readonly interruptedAt: readonly number[];
  };
  readonly aftermath: readonly AftermathStep[];
  /** By the name of a shipped strategy. */
  readonly strategies: Readonly<Record<string, StrategyParameters>>;
  /** By strategy name. */
  readonly expect: Readonly<Record<string, Expectation>>;
  readonly limits: { readonly events: number };
  readonly bound: Bound;
  /**
   * `free`: anything that waits may be next, whatever its time, and the choices say what; the bound
   * counts, no latency does, and a crash comes after an event.
   */
  readonly timing: Timing;
  /**
   * Answers other than 0 that are given in advance, and 0 to every other question: then no seed
   * counts. undefined: a seed answers.
   */
  readonly choices: readonly Choice[] | undefined;
}

/** How often what recurs may happen where everything is tried; what is undefined has no bound. */
export interface Bound {
  /** Passes of pdflush over what is dirty. */
  readonly writebacks: number | undefined;
  /** Calls of sync() and fsync(), those of a strategy included. */
  readonly syncs: number | undefined;
  /** System calls and stores into mappings that change memory. */
  readonly stores: number | undefined;
}

export const KERNEL_NAMES = [
  'linux-2.6.25',
  'linux-3.0',
  'linux-3.9',
  'linux-6.1',
  'linux-6.19',
] as const satisfies readonly KernelName[];

export type CrashPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'first-exposed' }
  | { readonly kind: 'random' }
  | { readonly kind: 'at'; readonly at: Instant };

export const OUTCOMES = ['clean', 'exposed', 'diverged', 'harmed'] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** What a strategy must show; what is undefined is not judged. */
export interface Expectation {
  readonly outcome: OutcomeName | undefined;
  readonly exposed: 'never' | 'sometimes' | undefined;
  /** The same where everything is tried and time does not count; undefined: as with time. */
  readonly withoutTime: 'never' | 'sometimes' | undefined;
  /** Every one of these kinds must be among the harm. */
  readonly harm: readonly HarmKind[] | undefined;
  /**
   * Whether what an application did to itself counts (it changed the buffer of an O_DIRECT write):
   * unless `counted` it is told apart and changes no outcome.
   */
  readonly applicationsFault: 'counted' | 'apart' | undefined;
}
