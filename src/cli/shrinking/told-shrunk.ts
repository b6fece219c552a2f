/** What is left of a failure, told: what needs rooms to be opened has them before it is asked. */
import type { Shrunk } from '../../lab/shrink.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { SmallFailure } from '../../report/reporters/reporter.js';
import { shrunkJson } from '../../report/shrunk-json.js';
import { shrunkText } from '../../report/shrunk-text.js';
import { divergenceStory } from '../../report/story.js';
import { attempted } from '../refused.js';
import type { Session } from '../session.js';
import { clockOf, tellingOf } from '../told.js';

/** Throws Refused where a strategy of the user's own cannot be asked again, and BrokenRun. */
export type ShrunkTeller = (shrunk: Shrunk, strategy: FixStrategy, repeat: string) => SmallFailure;

export async function shrunkTeller({ rooms }: Pick<Session, 'rooms'>): Promise<ShrunkTeller> {
  const bench = await rooms.bench();
  const scenarios = await rooms.scenarios();
  return (shrunk, strategy, repeat) => {
    const { scenario } = shrunk;
    const told = attempted(() => bench.tell(scenario, strategy, scenario.seed), repeat);
    const story = divergenceStory(tellingOf(told, told.outcome, clockOf(told.outcome)));
    const left = scenarios.printShrunk(scenario);
    return {
      text: (view) => shrunkText({ shrunk, left, story, repeat }, view),
      json: shrunkJson(shrunk, scenarios.plainScenario(scenario)),
    };
  };
}
