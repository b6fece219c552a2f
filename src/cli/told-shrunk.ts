/** What is left of a failure, told: what needs rooms to be opened has them before it is asked. */
import type { Shrunk } from '../lab/shrink.js';
import type { FixStrategy } from '../machine/strategy.js';
import { shrunkJson } from '../report/shrunk-json.js';
import { shrunkText } from '../report/shrunk-text.js';
import { divergenceStory } from '../report/story.js';
import { attempted } from './refused.js';
import type { Session } from './session.js';
import { clockOf, tellingOf } from './told.js';

export interface ShrunkTeller {
  text(shrunk: Shrunk, strategy: FixStrategy, repeat: string): string;
  json(shrunk: Shrunk): object;
}

export async function shrunkTeller({ rooms, out }: Session): Promise<ShrunkTeller> {
  const bench = await rooms.bench();
  const scenarios = await rooms.scenarios();
  return {
    text(shrunk, strategy, repeat) {
      const { scenario } = shrunk;
      const told = attempted(() => bench.tell(scenario, strategy, scenario.seed), repeat);
      const story = divergenceStory(tellingOf(told, told.outcome, clockOf(told.outcome)));
      const left = scenarios.printShrunk(scenario);
      return shrunkText({ shrunk, left, story, repeat }, out.view);
    },
    json: (shrunk) => shrunkJson(shrunk, scenarios.plainScenario(shrunk.scenario)),
  };
}
