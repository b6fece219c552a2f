/** Which strategies and seeds are meant, where they were named and where they were not. */
import type { FixStrategy } from '../machine/strategy.js';
import type { Scenario } from '../scenario/scenario.js';
import { firstAndLast, seedOf, shown, suggestion, type Given } from './given.js';
import { Refused } from './refused.js';

/**
 * dm-raid1 as it is: what a scenario that expects nothing is run with, and others are compared to.
 */
export const USUAL = 'clear-when-idle';

/** Those that were named, else those of which the scenario expects something. */
export function strategiesFor(
  scenario: Scenario,
  named: readonly string[],
  known: readonly FixStrategy[],
): readonly FixStrategy[] {
  const expected = Object.keys(scenario.expect);
  const names = named.length > 0 ? named : expected.length > 0 ? expected : [USUAL];
  return [...new Set(names)].map((name) => strategyNamed(name, known));
}

/** `a,b`, or `all` of them. */
export function strategiesListed(
  list: string,
  known: readonly FixStrategy[],
): readonly FixStrategy[] {
  if (list === 'all') return known;
  const names = list.split(',').map((name) => name.trim());
  if (names.includes('all')) throw new Refused('--strategies all stands alone: it means each one');
  const doubled = names.find((name, n) => names.indexOf(name) !== n);
  if (doubled !== undefined) {
    throw new Refused(`--strategies names "${shown(doubled)}" twice; each is one row`);
  }
  return names.map((name) => strategyNamed(name, known));
}

export function strategyNamed(name: string, known: readonly FixStrategy[]): FixStrategy {
  const strategy = known.find((each) => each.name === name);
  if (strategy === undefined) throw new Refused(noStrategy(name, known));
  return strategy;
}

/** Where a strategy of the user's own lies; names of shipped ones have no slash. */
export function isPath(name: string): boolean {
  return name.includes('/');
}

export function noStrategy(name: string, known: readonly FixStrategy[]): string {
  if (/\.[cm]?js$/.test(name)) {
    return `there is no strategy "${shown(name)}"; did you mean ./${shown(name)}?`;
  }
  const meant = suggestion(
    name,
    known.map((each) => each.name),
  );
  return `there is no strategy "${shown(name)}"${meant === '' ? '; see desync strategies' : meant}`;
}

/** As many for each scenario, one after another. */
export interface Seeds {
  readonly count: number;
  firstOf(scenario: Scenario): number;
}

/** Where a scenario fixes its choices there is nothing that a seed could choose. */
export function refuseSeeds(given: Given, file: string, { choices }: Scenario): void {
  if (choices === undefined) return;
  const named = ['seed', 'seeds'].find((name) => given.text(name) !== undefined);
  if (named === undefined) return;
  throw new Refused(`${shown(file)} fixes its choices: --${named} has nothing to choose`);
}

/** Commands that are about chance have nothing to do where it is gone. */
export function refuseFixed(file: string, { choices }: Scenario, what: string): void {
  if (choices === undefined) return;
  throw new Refused(`${shown(file)} fixes its choices: there is nothing to ${what}`);
}

export function seedsFor(given: Given): Seeds {
  const one = given.text('seed');
  const range = given.text('seeds');
  if (one !== undefined && range !== undefined) {
    throw new Refused('--seed and --seeds exclude each other');
  }
  if (range !== undefined) return seedsIn(range);
  const seed = one === undefined ? undefined : seedOf(one);
  return { count: 1, firstOf: (scenario) => Number(seed ?? scenario.seed) };
}

/** `A..B` */
export function seedsIn(range: string): Seeds {
  const [first, last] = firstAndLast(range);
  return { count: last - first + 1, firstOf: () => first };
}
