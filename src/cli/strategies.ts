/** `desync strategies`: the fixes that can be tried, in the order of the tables. */
import type { FixStrategy } from '../machine/strategy.js';
import { envelope, jsonText } from '../report/run-json.js';
import { strategiesText, type ListedStrategy } from '../report/strategies-text.js';
import type { Given } from './given.js';
import type { Scenarios } from './laboratory.js';
import { repeatOf, type Session } from './session.js';

export async function strategies(given: Given, session: Session): Promise<number> {
  const { out, version, rooms } = session;
  const [shipped, scenarios] = await Promise.all([rooms.strategies(), rooms.scenarios()]);
  const all = shipped.map((strategy) => listed(strategy, scenarios));
  if (given.flag('json')) {
    const head = envelope('strategies', version, null, repeatOf(session));
    out.write(jsonText({ ...head, strategies: all.map(jsonOf) }));
    return 0;
  }
  out.write(strategiesText(all, out.view));
  return 0;
}

function listed(strategy: FixStrategy, scenarios: Scenarios): ListedStrategy {
  const { name, summary, record, granule, costs, assumes, needs } = strategy;
  return {
    name,
    summary,
    record,
    granule: granule ?? null,
    costs: costs ?? null,
    assumes: assumes ?? null,
    needs: needs ?? null,
    parameters: scenarios.parametersOf(name),
  };
}

function jsonOf({ parameters, ...rest }: ListedStrategy): object {
  const named = parameters.map(({ name, meaning, usual }) => ({ name, meaning, default: usual }));
  return { ...rest, parameters: named };
}
