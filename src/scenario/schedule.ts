/**
 * A schedule as a file: one failure, with all that it takes to repeat it. JSON, which is YAML too,
 * so problems have lines and columns as those of scenarios do.
 *
 * The scenario is in it, with its choices: what was shrunk has a scenario of its own.
 */
import { z } from 'zod';
import { FAILURES, type FailureClass } from './failure-class.js';
import { findingsOf } from './findings.js';
import { fields, must, word } from './keyed.js';
import { frozen, problemsOf, told, type Origin } from './load.js';
import { plainScenario } from './print.js';
import type { Problem } from './problem.js';
import { refusal } from './refusal.js';
import { brokenRules } from './rules.js';
import type { Scenario } from './scenario.js';
import { scenarioOf, scenarioSchema, strategyName } from './schema.js';
import { Source } from './source.js';
import { plain } from './tree.js';
import { readTree } from './yaml-tree.js';
import { HARM_KINDS } from '../aftermath/steps.js';

const SCHEDULE_FORMAT = 'desync/schedule@1';

export interface Schedule {
  /** Of the program that wrote it. */
  readonly version: string;
  readonly strategy: {
    readonly name: string;
    /** Of the file of a strategy of the user's own. */
    readonly sha256: string | undefined;
  };
  readonly failure: FailureClass;
  readonly scenario: Scenario;
}

export type LoadedSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const line = (what: string, most: number) => {
  const error = refusal({ expected: `${what}: 1 to ${most} characters in one line` });
  return z
    .string({ error })
    .min(1, { error })
    .max(most, { error })
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u, { error });
};

const noSum = { error: refusal({ expected: 'a SHA-256 in 64 hexadecimal digits' }) };
const sha256 = z.string(noSum).regex(/^[0-9a-f]{64}$/, noSum);

const scheduleSchema = fields('a schedule', {
  format: word([SCHEDULE_FORMAT]),
  tool: fields('the tool', { version: line('a version', 40) }),
  strategy: fields('the strategy', { name: strategyName, sha256: sha256.optional() }),
  failure: fields('the failure', {
    outcome: word(FAILURES),
    harm: word(HARM_KINDS).optional(),
    block: line('a kind of block', 80).optional(),
  }),
  name: line("the scenario's name", 250),
  scenario: scenarioSchema.check(
    must(
      ({ choices }) => choices !== undefined,
      { expected: 'the answers of the run', found: 'nothing' },
      ['choices'],
    ),
  ),
});

/**
 * Never throws on what a text holds, and tells every problem at once; of a file without a format,
 * which is of another kind, only that.
 */
export function loadSchedule(text: string, origin: Pick<Origin, 'file'>): LoadedSchedule {
  const { tree, faults } = readTree(new Source(origin.file, text, 0));
  if (tree === undefined) return { ok: false, problems: told(faults) };
  const value = plain(tree);
  const result = scheduleSchema.safeParse(value, { reportInput: true });
  const broken = brokenRules(scenarioIn(value)).map((finding) => ({
    ...finding,
    path: ['scenario', ...finding.path],
  }));
  const all = [...findingsOf(result.error?.issues ?? []), ...broken];
  // Of a format that is misspelt only the other spelling is found.
  const ofKind = hasFormat(value) ? [] : all.filter(({ path }) => path[0] === 'format');
  const findings = ofKind.length > 0 ? ofKind : all;
  const problems = problemsOf(tree, faults, findings);
  if (problems.length > 0 || !result.success) return { ok: false, problems };
  const { tool, strategy, failure, scenario, name } = result.data;
  return {
    ok: true,
    schedule: {
      version: tool.version,
      strategy: { name: strategy.name, sha256: strategy.sha256 },
      failure: { outcome: failure.outcome, harm: failure.harm, block: failure.block },
      scenario: frozen(scenarioOf(scenario, name)),
    },
  };
}

/** What the file holds, before it becomes text. */
export function plainSchedule({ version, strategy, failure, scenario }: Schedule): object {
  const { outcome, harm, block } = failure;
  return {
    format: SCHEDULE_FORMAT,
    tool: { version },
    strategy: {
      name: strategy.name,
      ...(strategy.sha256 !== undefined && { sha256: strategy.sha256 }),
    },
    failure: {
      outcome,
      ...(harm !== undefined && { harm }),
      ...(block !== undefined && { block }),
    },
    name: scenario.name,
    scenario: plainScenario(scenario),
  };
}

function hasFormat(value: unknown): boolean {
  return typeof value !== 'object' || value === null || 'format' in value;
}

function scenarioIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'scenario' in value ? value.scenario : {};
}
