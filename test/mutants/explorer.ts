/** What is known of the scenarios that are small enough to try out whole. */
import { explore, type Explored, type Wanted } from '../../src/lab/explore.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { lockPages } from '../../src/strategies/lock-pages.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import type { Law, Trial } from '../laws/law.js';
import { documentedParts } from '../support/explored-document.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';

const FREE: Wanted = {
  timing: 'free',
  levels: 2,
  mostStates: undefined,
  untilFirst: false,
  stop: () => false,
};
const TIMED: Wanted = { ...FREE, timing: 'scenario' };
const ONE_STORE = 'explore/one-page-1-store.yaml';

export const EXPLORER: Law = { name: 'explorer', trials: [...known(), ...expected()] };

/**
 * One store is enough where time does not count, and is not where it does; where stores wait, none
 * is.
 */
function known(): Trial[] {
  const scenario = shippedScenario(ONE_STORE);
  const diverges = (strategy: FixStrategy, wanted: Wanted): boolean =>
    explore(scenario, strategy, wanted).shortest !== undefined;
  return [FREE, TIMED].map((wanted) => ({
    what: `${ONE_STORE}, ${wanted.timing} timing`,
    faults: () => [
      ...(diverges(clearWhenIdle, wanted) === (wanted === FREE) ? [] : ['it is not as it was']),
      ...(diverges(lockPages, wanted) ? ['it diverges where stores wait'] : []),
    ],
  }));
}

/**
 * As docs/explored.md has it, VOID where nothing can go wrong. Of what was not tried whole nothing
 * is known.
 */
function expected(): Trial[] {
  const rows = documentedParts().flatMap((part) => part.rows);
  return shippedScenarios()
    .filter((path) => path.startsWith('explore/'))
    .flatMap((path) => {
      const scenario = shippedScenario(path);
      const strategies = SHIPPED.filter(({ name }) => name in scenario.expect);
      return strategies.flatMap((strategy) =>
        [FREE, TIMED].flatMap((wanted): Trial[] => {
          const row = rows.find(
            ({ file, strategy: name, timing }) =>
              file === path && name === strategy.name && timing === wanted.timing,
          );
          if (row?.verdict === 'PASS-BOUNDED') return [];
          const faults = (): string[] =>
            unexpected(explore(scenario, strategy, wanted), row?.verdict ?? 'PASS-COMPLETE');
          return [{ what: `${path}, ${strategy.name}, ${wanted.timing} timing`, faults }];
        }),
      );
    });
}

function unexpected(found: Explored, documented: string): string[] {
  const { verdict, reasons, complete, frontier } = found;
  if (verdict === documented && complete && frontier === 0) return [];
  return [`${verdict}, not ${documented}: ${reasons.join('; ')}, ${frontier} states were left`];
}
