/**
 * A scenario that was taken is run, told and printed: it comes to an end, twice in the same way, or
 * says which limit it came to.
 */
import { tellingOf } from '../../src/cli/told.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { Runner } from '../../src/lab/runner.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { jsonText, runJson } from '../../src/report/run-json.js';
import { runText } from '../../src/report/run-text.js';
import { storyTable } from '../../src/report/story-table.js';
import { divergenceStory, everything } from '../../src/report/story.js';
import { timelineJson } from '../../src/report/timeline-json.js';
import { timelineText } from '../../src/report/timeline.js';
import type { Run } from '../../src/report/view.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { fitToShow, VIEW } from './fit-to-show.js';

const MOST_EVENTS = 600;
const LARGEST_DISK = 2 ** 22;
const MOST_MEMORY = 2 ** 29;

/** Whether it is small enough to be run among thousands. */
export function isShort({ filesystem, memoryBytes, mirror }: Scenario): boolean {
  const regions = filesystem.bytes / mirror.regionBytes;
  return filesystem.bytes <= LARGEST_DISK && memoryBytes <= MOST_MEMORY && regions <= 1024;
}

/** Throws where it does not repeat, or where what is told of it may not be shown. */
export function shortRun(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome {
  const short = { ...scenario, limits: { events: Math.min(MOST_EVENTS, scenario.limits.events) } };
  const runner = new Runner();
  const outcome = runner.run(short, strategy, seed);
  const told = runner.tell(short, strategy, seed);
  const [first, second] = [outcome, told.outcome].map((one) => JSON.stringify(one));
  // A strategy of the user's own may roll dice; that is the runner's to notice.
  if (strategy.source === undefined && first !== second)
    throw new Error('the same seed came out otherwise');
  const run: Run = { ...outcome, repeat: 'npx desync' };
  fitToShow(runText(run, scenario.story, VIEW));
  fitToShow(jsonText(runJson(run)));
  const telling = tellingOf(told, outcome, 'time');
  fitToShow(storyTable(divergenceStory(telling), VIEW));
  const all = everything(telling);
  fitToShow(timelineText(all, VIEW));
  fitToShow(jsonText(timelineJson(all)));
  return outcome;
}
