/**
 * The scenarios of a sweep as its parts carry them, and what was tried from a part alone: of a
 * strategy of a user's own a part has the hash, and its file must lie where it lay.
 */
import { createHash } from 'node:crypto';
import type { PartHeader, PartScenario } from '../../lab/sweep/part-schema.js';
import type { Scenario } from '../../scenario/scenario.js';
import { Refused } from '../refused.js';
import type { Session } from '../session.js';
import type { Tried } from './make-chunks.js';
import { strategyOf } from './named-series.js';
import { seriesOf } from './pieces.js';

/** More than the text of any scenario that was read from a file of its own. */
const LONGEST = 4 * 1024 * 1024;

/** Of each series. */
export async function contentsOf(
  tried: readonly Pick<Tried, 'scenario'>[],
  { rooms }: Pick<Session, 'rooms'>,
): Promise<readonly PartScenario[]> {
  const scenarios = await rooms.scenarios();
  const known = new Map<Scenario, PartScenario>();
  for (const { scenario } of tried) {
    if (known.has(scenario)) continue;
    const text = scenarios.print(scenario);
    known.set(scenario, { sha256: hashOf(text), text });
  }
  return tried.flatMap(({ scenario }) => known.get(scenario) ?? []);
}

/** Whether each scenario of a part is the one that its hash says. */
export function hashesHold({ scenarios }: PartHeader): boolean {
  return scenarios.every(({ sha256, text }) => hashOf(text) === sha256);
}

/** Throws Refused where it cannot be had again. */
export async function triedAgain(
  header: PartHeader,
  series: number,
  { rooms, own }: Pick<Session, 'rooms' | 'own'>,
): Promise<Tried> {
  const { subject } = seriesOf(header, { series });
  const { sha256 } = header.series[series] ?? {};
  const text = header.scenarios.find((each) => each.sha256 === sha256)?.text ?? '';
  const named = { name: subject.strategy, sha256: subject.source?.sha256 };
  const strategy = await strategyOf(named, rooms, own.asking, own);
  if (text.length > LONGEST) throw new Refused('the scenario in its part is longer than 4 MiB');
  const origin = { file: 'the scenario in its part', name: subject.scenario };
  const loaded = (await rooms.scenarios()).load(text, origin, []);
  if (!loaded.ok) throw new Refused('the scenario in its part is none');
  return { scenario: loaded.scenario, strategy };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
