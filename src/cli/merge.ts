/**
 * `desync merge`: the report of a sweep from its parts, the same as if it had been run in one: what
 * it found is made small here, too. Parts have their scenarios with them; a strategy of a user's
 * own is looked for where it lay.
 */
import { joined, type NamedPart } from '../lab/sweep/join.js';
import { MODEL_VERSION } from '../lab/model-version.js';
import type { PartHeader } from '../lab/sweep/part-schema.js';
import type { Ending } from '../lab/sweep/header.js';
import { safe } from '../report/lines.js';
import { isPath } from './chosen.js';
import { compareReport } from './compare-report.js';
import { shown, type Given } from './given.js';
import { plainProblem, Refused } from './refused.js';
import { conditionsIn } from './reporting/conditions.js';
import type { Outputs } from './reporting/outputs.js';
import { reported } from './reporting/reported.js';
import { runReport } from './run-report.js';
import { desyncCommand } from './shell.js';
import type { Session } from './session.js';
import { triedAgain } from './sweep/contents.js';
import { withOptions } from './sweep/lasting.js';
import { readPart, refusedFor } from './sweep/part-file.js';
import type { Report } from './sweep/swept.js';

export function merge(given: Given, session: Session): Promise<number> {
  return reported('merge', given, session, (outputs) => merged(given, outputs, session));
}

function merged(given: Given, outputs: Outputs, session: Session): Promise<number> {
  const parts = given.texts('parts').map((name) => {
    const named = partNamed(name, session);
    outputs.hear(ownIn(named.part.header));
    return named;
  });
  const whole = joined(parts, resumeOf);
  if (!whole.ok) {
    const of = (name: string | undefined): string => (name === undefined ? '' : `${shown(name)}: `);
    throw new Refused(
      whole.problems.map(({ name, problem }) => of(name) + safe(problem)).join('\n'),
      whole.problems.map(({ name, problem }) => plainProblem(name ?? null, problem)),
    );
  }
  const { chunks } = whole;
  const header = asAsked(whole.header, given);
  if (outputs.needsEach && !header.keep) {
    throw new Refused('jsonl tells each run, and these parts keep only what many runs add up to');
  }
  outputs.spare(ownIn(header));
  const report = reportOf(header, outputs, session);
  let failed = 0;
  for (const { chunk, sum } of chunks) {
    failed += sum.failed.length;
    report.chunk(chunk, sum);
  }
  // From here on results come out: whoever shrinks looks whether a signal was heard meanwhile.
  session.interrupts.watch(() => undefined, true);
  const ending: Ending = failed >= (header.bail ?? Infinity) ? 'bail' : 'complete';
  return Promise.resolve(report.end(ending));
}

function reportOf(header: PartHeader, outputs: Outputs, session: Session): Report {
  const conditions = conditionsIn(header.failOn);
  if (header.command === 'compare') return compareReport(header, conditions, outputs);
  return runReport(header, conditions, outputs, async () => {
    const { shrinkerFor } = await import('./shrinking/shrinker.js');
    return shrinkerFor(header, (series) => triedAgain(header, series, session), session);
  });
}

/** As if what is said here had been said when the sweep was run. */
function asAsked(header: PartHeader, given: Given): PartHeader {
  const more = given.texts('fail-on');
  const isLeft = header.shrink && given.flag('no-shrink');
  const options = [
    ...(isLeft ? ['--no-shrink'] : []),
    ...more.flatMap((text) => ['--fail-on', text]),
  ];
  return {
    ...header,
    args: withOptions(header.args, options),
    failOn: [...header.failOn, ...more],
    shrink: header.shrink && !isLeft,
  };
}

/** Files of strategies of the user's own. */
function ownIn({ series }: PartHeader): readonly string[] {
  return series.map(({ subject }) => subject.strategy).filter(isPath);
}

/** Only this version can tell what its own parts mean. */
function partNamed(name: string, { version }: Session): NamedPart {
  const part = readPart(name)?.part;
  if (part === undefined) throw refusedFor(name, ['has no whole line']);
  const { tool, model } = part.header;
  const [its, own] = [`${tool.version} (model ${model})`, `${version} (model ${MODEL_VERSION})`];
  if (its !== own) throw refusedFor(name, [`was made by desync ${its}; this is ${own}`]);
  return { name, part };
}

function resumeOf({ name, part }: NamedPart): string {
  const { args, shard } = part.header;
  const of = shard.of === 1 ? [] : ['--shard', `${shard.index}/${shard.of}`];
  return desyncCommand([...args, ...of, '--resume', name]);
}
