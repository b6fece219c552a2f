/** `desync merge`: the report of a sweep from its parts, the same as if it had been run in one. */
import { joined, type NamedPart } from '../lab/sweep/join.js';
import { headOf } from '../lab/sweep/part-lines.js';
import type { PartHeader } from '../lab/sweep/part-schema.js';
import type { Ending } from '../lab/sweep/header.js';
import { safe } from '../report/lines.js';
import { compareReport } from './compare-report.js';
import { shown, type Given } from './given.js';
import { plainProblem, Refused } from './refused.js';
import { conditionsIn } from './reporting/conditions.js';
import type { Outputs } from './reporting/outputs.js';
import { reported } from './reporting/reported.js';
import { runReport } from './run-report.js';
import { desyncCommand } from './shell.js';
import type { Session } from './session.js';
import { withOptions } from './sweep/lasting.js';
import { readPart, refusedFor } from './sweep/part-file.js';

export function merge(given: Given, session: Session): Promise<number> {
  return reported('merge', given, session, (outputs) => merged(given, outputs, session));
}

function merged(given: Given, outputs: Outputs, session: Session): Promise<number> {
  const parts = given.texts('parts').map((name) => partNamed(name, session));
  const whole = joined(parts, resumeOf);
  if (!whole.ok) {
    const of = (name: string | undefined): string => (name === undefined ? '' : `${shown(name)}: `);
    throw new Refused(
      whole.problems.map(({ name, problem }) => of(name) + safe(problem)).join('\n'),
      whole.problems.map(({ name, problem }) => plainProblem(name ?? null, problem)),
    );
  }
  const { chunks } = whole;
  const header = heldToMore(whole.header, given.texts('fail-on'));
  if (outputs.needsEach && !header.keep) {
    throw new Refused('jsonl tells each run, and these parts keep only what many runs add up to');
  }
  const reportOf = header.command === 'run' ? runReport : compareReport;
  const report = reportOf(header, conditionsIn(header.failOn), outputs);
  let failed = 0;
  for (const { chunk, sum } of chunks) {
    failed += sum.failed.length;
    report.chunk(chunk, sum);
  }
  const ending: Ending = failed >= (header.bail ?? Infinity) ? 'bail' : 'complete';
  return Promise.resolve(report.end(ending));
}

/** As if the conditions that are added here had been given when the sweep was run. */
function heldToMore(header: PartHeader, more: readonly string[]): PartHeader {
  const options = more.flatMap((text) => ['--fail-on', text]);
  const failOn = [...header.failOn, ...more];
  return { ...header, args: withOptions(header.args, options), failOn };
}

/** Only this version can tell what its own parts mean. */
function partNamed(name: string, { version }: Session): NamedPart {
  const part = readPart(name)?.part;
  if (part === undefined) throw refusedFor(name, ['has no whole line']);
  const { header } = part;
  const own = headOf(header, header.shard, version);
  const other = own.tool.version !== header.tool.version || own.model !== header.model;
  if (other) throw refusedFor(name, [otherVersion(header, own)]);
  return { name, part };
}

function otherVersion(header: PartHeader, own: PartHeader): string {
  const versionOf = ({ tool, model }: PartHeader): string => `${tool.version} (model ${model})`;
  return `was made by desync ${versionOf(header)}; this is ${versionOf(own)}`;
}

function resumeOf({ name, part }: NamedPart): string {
  const { args, shard } = part.header;
  const of = shard.of === 1 ? [] : ['--shard', `${shard.index}/${shard.of}`];
  return desyncCommand([...args, ...of, '--resume', name]);
}
