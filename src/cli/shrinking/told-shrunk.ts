/** What is left of a failure, told: what needs rooms to be opened has them before it is asked. */
import type { Outcome } from '../../lab/outcome.js';
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
  return (found, strategy, repeat) => {
    const { scenario } = found;
    const told = attempted(() => bench.tell(scenario, strategy, scenario.seed), repeat);
    const repeats = found.repeats && isSame(found.outcome, told.outcome);
    const shrunk = repeats ? found : { ...found, isMinimal: false, repeats };
    const story = divergenceStory(tellingOf(told, told.outcome, clockOf(told.outcome)));
    const left = scenarios.printShrunk(scenario);
    return {
      repeats,
      text: (view) => shrunkText({ shrunk, left, story, repeat }, view),
      json: shrunkJson(shrunk, scenarios.plainScenario(scenario)),
    };
  };
}

/** It was found in another thread, after other runs of the same module. */
function isSame(found: Outcome, told: Outcome): boolean {
  if (told.verdict === 'NONDETERMINISTIC') return false;
  return found.outcome === told.outcome && found.fingerprint === told.fingerprint;
}
