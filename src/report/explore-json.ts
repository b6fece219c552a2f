/** What a search through everything found, as JSON: what is absent is null, never missing. */
import type { Explored } from '../lab/explore.js';
import type { Story } from './story.js';
import { timelineJson } from './timeline-json.js';

/** Every field is named here, so that nothing becomes part of the format unseen. */
export function exploredJson(found: Explored, story: Story | undefined): object {
  const { paths, shortest, bound } = found;
  return {
    scenario: found.scenario,
    strategy: found.strategy,
    reasons: found.reasons,
    complete: found.complete,
    timing: found.timing,
    levels: found.levels ?? null,
    bound: {
      writebacks: bound.writebacks ?? null,
      syncs: bound.syncs ?? null,
      stores: bound.stores ?? null,
    },
    states: found.states,
    frontier: found.frontier,
    events: found.events,
    collisionOdds: found.collisionOdds,
    schedules: paths?.schedules ?? null,
    crashPoints: paths?.crashPoints ?? null,
    divergentCrashPoints: paths?.divergentCrashPoints ?? null,
    shortest:
      shortest === undefined
        ? null
        : {
            steps: shortest.steps,
            choices: shortest.choices,
            timeline: story === undefined ? [] : timelineJson(story),
          },
  };
}
