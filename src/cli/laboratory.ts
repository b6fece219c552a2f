/**
 * What the commands need of the other rooms, and the only file that says where it is.
 *
 * Each room is opened when a command first needs it: zod alone takes longer to load than `--help`
 * to print.
 */
import type { Judged, Shown } from '../lab/expectation.js';
import type { DiskImage } from '../lab/images.js';
import type { Outcome } from '../lab/outcome.js';
import type { ToldRun, When } from '../lab/runner.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { Loaded, Origin } from '../scenario/load.js';
import type { Change } from '../scenario/path.js';
import type { Problem } from '../scenario/problem.js';
import type { Scenario } from '../scenario/scenario.js';

export interface Rooms {
  scenarios(): Promise<Scenarios>;
  strategies(): Promise<readonly FixStrategy[]>;
  bench(): Promise<Bench>;
}

/** Scenario files. */
export interface Scenarios {
  load(text: string, origin: Origin, changes: readonly Change[]): Loaded;
  /** A text says what is wrong with it. */
  parseChange(text: string): Change | string;
  formatProblem(problem: Problem, colour: boolean): string;
  schema(): object;
}

/** Where runs are made. */
export interface Bench {
  run(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome;
  runAmongSeeds(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome;
  tell(scenario: Scenario, strategy: FixStrategy, seed: string): ToldRun;
  /** What only many runs can show; undefined where nothing stands against it. */
  overSeeds(scenario: Scenario, strategy: FixStrategy, shown: Shown): Judged | undefined;
  /** The images of a run, or none where it did not crash and no instant was named. */
  images(scenario: Scenario, strategy: FixStrategy, seed: string, when: When): readonly DiskImage[];
}

export const shipped: Rooms = {
  async scenarios() {
    const [load, path, problem, schema] = await Promise.all([
      import('../scenario/load.js'),
      import('../scenario/path.js'),
      import('../scenario/problem.js'),
      import('../scenario/json-schema.js'),
    ]);
    return {
      load: load.loadScenario,
      parseChange: path.parseChange,
      formatProblem: problem.formatProblem,
      schema: schema.scenarioJsonSchema,
    };
  },

  async strategies() {
    const { SHIPPED } = await import('../strategies/shipped.js');
    return SHIPPED;
  },

  async bench() {
    const [{ Runner }, { overSeeds }] = await Promise.all([
      import('../lab/runner.js'),
      import('../lab/expectation.js'),
    ]);
    const runner = new Runner();
    return {
      run: (scenario, strategy, seed) => runner.run(scenario, strategy, seed),
      tell: (scenario, strategy, seed) => runner.tell(scenario, strategy, seed),
      images: (scenario, strategy, seed, when) => runner.images(scenario, strategy, seed, when),
      runAmongSeeds: (scenario, strategy, seed) => runner.runAmongSeeds(scenario, strategy, seed),
      overSeeds: (scenario, strategy, shown) => overSeeds(scenario.expect[strategy.name], shown),
    };
  },
};
