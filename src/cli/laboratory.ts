/**
 * What the commands need of the other rooms, and the only file that says where it is.
 *
 * Each room is opened when a command first needs it: zod alone takes longer to load than `--help`
 * to print.
 */
import type { OwnFile } from '../lab/astray.js';
import type { Diagnosis } from '../lab/diagnose.js';
import type { Explored, Wanted } from '../lab/explore.js';
import type { Way } from '../lab/exploring/search.js';
import type { ToldWay } from '../lab/exploring/told-way.js';
import type { DiskImage } from '../lab/images.js';
import type { How } from '../lab/made-again.js';
import type { Difference, Outcome } from '../lab/outcome.js';
import type { OwnStrategy, StrategyFile } from '../lab/own-strategy.js';
import type { Shrunk } from '../lab/shrink.js';
import type { Stop } from '../lab/shrinking/trials.js';
import type { ToldRun, When } from '../lab/runner.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { FailureClass } from '../scenario/failure-class.js';
import type { Loaded, Origin } from '../scenario/load.js';
import type { Change } from '../scenario/path.js';
import type { Problem } from '../scenario/problem.js';
import type { LoadedSchedule, Schedule } from '../scenario/schedule.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Choice } from '../sim/entropy.js';
import type { Parameter } from '../scenario/strategies-schema.js';

export interface Rooms {
  scenarios(): Promise<Scenarios>;
  strategies(): Promise<readonly FixStrategy[]>;
  ownStrategies(): Promise<OwnStrategies>;
  bench(): Promise<Bench>;
  searches(): Promise<Searches>;
  /** The module of a worker thread that has the same bench. */
  readonly worker: URL;
  /** How long code of a user's own may take before it counts as endless. */
  readonly patienceMs: number;
}

/** Strategies of a user's own, from what their modules export. */
export interface OwnStrategies {
  readonly ownStrategy: (exported: unknown, file: StrategyFile) => OwnStrategy;
  readonly lineOf: (error: unknown, url: string) => number | undefined;
  readonly astrayIn: (
    error: unknown,
    files: readonly OwnFile[],
  ) => { readonly path: string; readonly what: string } | undefined;
}

/** Scenario files. */
export interface Scenarios {
  load(text: string, origin: Origin, changes: readonly Change[]): Loaded;
  /** What the text of one may name, even where it cannot be loaded. */
  namedPaths(text: string): string[];
  /** A text says what is wrong with it. */
  parseChange(text: string): Change | string;
  formatProblem(problem: Problem, colour: boolean): string;
  schema(): object;
  /** The text of a scenario file. */
  print(scenario: Scenario): string;
  /** The part of it that tells one shrunk scenario from another. */
  printShrunk(scenario: Scenario): string;
  plainScenario(scenario: Scenario): object;
  loadSchedule(text: string, origin: Pick<Origin, 'file'>): LoadedSchedule;
  plainSchedule(schedule: Schedule): object;
  /** A scenario that must show that failure. */
  expecting(scenario: Scenario, strategy: string, failure: FailureClass): Scenario;
  /** What a scenario may say of a strategy. */
  parametersOf(strategy: string): readonly Parameter[];
}

/** Where runs are made. */
export interface Bench {
  run(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome;
  runAmongSeeds(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome;
  /** The same, to be added up: whose the sectors are that differ is not told. */
  runToSum(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome<Difference>;
  /** What came of a run, or that it came out otherwise in a fresh world. */
  madeAgain<Differing extends Difference>(
    first: Outcome<Differing>,
    scenario: Scenario,
    strategy: FixStrategy,
    seed: string,
    how: How,
  ): Outcome<Differing>;
  tell(scenario: Scenario, strategy: FixStrategy, seed: string): ToldRun;
  /** The images of a run, or none where it did not crash and no instant was named. */
  images(scenario: Scenario, strategy: FixStrategy, seed: string, when: When): readonly DiskImage[];
}

/** In what world a way was found. */
export type Searched = Pick<Wanted, 'timing' | 'levels'>;

/** What goes through many runs to say something of one: most commands never need it. */
export interface Searches {
  /** Does it repeat? */
  diagnose(scenario: Scenario, strategy: FixStrategy, seed: string): Diagnosis;
  /** Everything that can happen, as far as it is wanted. */
  explore(scenario: Scenario, strategy: FixStrategy, wanted: Wanted): Explored;
  /** One way of those that were explored, told. */
  tellWay(scenario: Scenario, strategy: FixStrategy, wanted: Searched, way: Way): ToldWay;
  /** The failure of that run made small, until `stop`; undefined where it has none. */
  shrink(scenario: Scenario, strategy: FixStrategy, seed: string, stop: Stop): Shrunk | undefined;
  /** The same for the shortest way of a search. */
  shrinkWay(
    scenario: Scenario,
    strategy: FixStrategy,
    wanted: Searched,
    way: readonly Choice[],
    stop: Stop,
  ): Shrunk | undefined;
}

export const shipped: Rooms = {
  worker: new URL('./sweep/worker.js', import.meta.url),
  patienceMs: 10_000,

  async scenarios() {
    const [load, names, path, problem, schema, strategies, print, schedule, promoted] =
      await Promise.all([
        import('../scenario/load.js'),
        import('../scenario/named-paths.js'),
        import('../scenario/path.js'),
        import('../scenario/problem.js'),
        import('../scenario/json-schema.js'),
        import('../scenario/strategies-schema.js'),
        import('../scenario/print.js'),
        import('../scenario/schedule.js'),
        import('../scenario/promoted.js'),
      ]);
    return {
      load: load.loadScenario,
      namedPaths: names.namedPaths,
      parseChange: path.parseChange,
      formatProblem: problem.formatProblem,
      schema: schema.scenarioJsonSchema,
      print: print.printScenario,
      printShrunk: print.printShrunk,
      plainScenario: print.plainScenario,
      loadSchedule: schedule.loadSchedule,
      plainSchedule: schedule.plainSchedule,
      expecting: promoted.expecting,
      parametersOf: (strategy) => strategies.PARAMETERS[strategy] ?? [],
    };
  },

  async strategies() {
    const { SHIPPED } = await import('../strategies/shipped.js');
    return SHIPPED;
  },

  async ownStrategies() {
    const [{ ownStrategy, lineOf }, { astrayIn }] = await Promise.all([
      import('../lab/own-strategy.js'),
      import('../lab/astray.js'),
    ]);
    return { ownStrategy, lineOf, astrayIn };
  },

  async bench() {
    const [runs, again] = await Promise.all([
      import('../lab/runner.js'),
      import('../lab/made-again.js'),
    ]);
    const runner = new runs.Runner();
    return {
      run: (scenario, strategy, seed) => runner.run(scenario, strategy, seed),
      tell: (scenario, strategy, seed) => runner.tell(scenario, strategy, seed),
      images: (scenario, strategy, seed, when) => runner.images(scenario, strategy, seed, when),
      madeAgain: again.madeAgain,
      runAmongSeeds: (scenario, strategy, seed) => runner.runAmongSeeds(scenario, strategy, seed),
      runToSum: (scenario, strategy, seed) => runner.runToSum(scenario, strategy, seed),
    };
  },

  async searches() {
    const [search, ways, shrinking, diagnoses] = await Promise.all([
      import('../lab/explore.js'),
      import('../lab/exploring/told-way.js'),
      import('../lab/shrink.js'),
      import('../lab/diagnose.js'),
    ]);
    return {
      explore: search.explore,
      tellWay: ways.tellWay,
      shrink: shrinking.shrink,
      shrinkWay: shrinking.shrinkWay,
      diagnose: diagnoses.diagnose,
    };
  },
};
