/**
 * Scenario files: those that come with the program, and random ones as they are printed, spoilt.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { loadScenario } from '../../../src/scenario/load.js';
import { parseChange } from '../../../src/scenario/path.js';
import { printScenario } from '../../../src/scenario/print.js';
import { formatProblem, type Problem } from '../../../src/scenario/problem.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { scenarios } from '../../scenario/arbitrary.js';
import { edited, edits } from '../edits.js';
import { fitToShow } from '../fit-to-show.js';
import { kind, type Answer } from '../kind.js';
import { shippedTexts } from './shipped-texts.js';

const ORIGIN = { file: 'x.yaml', name: 'x' };

export const SCENARIO_TEXT = kind('scenario files', () => {
  const shipped = fc.constantFrom(...shippedTexts());
  const random = scenarios.map(printScenario);
  const texts = fc.oneof(
    { arbitrary: shipped, weight: 5 },
    { arbitrary: random, weight: 1 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 200 }), weight: 1 },
  );
  return {
    inputs: fc.tuple(texts, edits).map(([text, all]) => edited(text, all)),
    judge(text) {
      const loaded = loadScenario(text, ORIGIN);
      return loaded.ok ? comesBack(loaded.scenario) : refused(loaded.problems);
    },
  };
});

/** `--set path=value` on a scenario that is right. */
export const CHANGES = kind('--set', () => {
  const texts = fc.constantFrom(...shippedTexts());
  const path = fc.constantFrom(
    ...['seed', 'mirror.legs[1].latency', 'workload.app[0]', 'files', 'expect.clear-when-idle'],
    ...['__proto__.x', 'constructor.prototype.x', 'choices', 'a..b', '[0]', 'legs[99999999]'],
  );
  const value = fc.constantFrom('1', '{ a: 1 }', 'nvme', '[]', '', '&a [*a]', '30s', '/b', '"x"');
  const strange = fc.tuple(path, value, edits).map(([left, right, all]) => {
    return edited(`${left}=${right}`, all);
  });
  const plain = fc.constantFrom(
    ...['seed=7', 'mirror.legs[1].latency=nvme', 'expect={}', 'crash=none', 'memory=300MiB'],
    ...['aftermath=[fsck]', 'preemption=1ms', 'choices={}', 'limits.events=100', 'files={}'],
  );
  const gently = fc.tuple(plain, edits).map(([one, all]) => edited(one, all.slice(0, 1)));
  const changes = fc.oneof(strange, plain, gently);
  return {
    inputs: fc.tuple(texts, changes),
    judge([text, typed]): Answer {
      const change = parseChange(typed);
      if (typeof change === 'string') {
        fitToShow(change);
        return 'refused';
      }
      const loaded = loadScenario(text, ORIGIN, [change]);
      return loaded.ok ? comesBack(loaded.scenario) : refused(loaded.problems);
    },
  };
});

/** What is taken is what a printed copy of it says too. */
export function comesBack(scenario: Scenario): Answer {
  const again = loadScenario(printScenario(scenario), { ...ORIGIN, name: scenario.name });
  if (!again.ok) throw new Error(`its print is refused: ${tell(again.problems)}`);
  if (!isDeepStrictEqual(again.scenario, scenario)) throw new Error('its print says otherwise');
  return 'right';
}

export function refused(problems: readonly Problem[]): Answer {
  if (problems.length === 0) throw new Error('refused without a word');
  for (const problem of problems) {
    fitToShow(formatProblem(problem, false));
    if (problem.line < 1 || problem.column < 1) throw new Error('a problem stands nowhere');
  }
  return 'refused';
}

function tell(problems: readonly Problem[]): string {
  return problems.map((problem) => formatProblem(problem, false)).join('\n');
}
