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
      pages: bound.pages ?? null,
      metadata: bound.metadata,
      stores: bound.stores ?? null,
      writebacks: bound.writebacks ?? null,
      syncs: bound.syncs ?? null,
      latenciesNs: bound.latenciesNs ?? null,
      pausesNs: bound.pausesNs ?? null,
      preemptionsNs: bound.preemptionsNs ?? null,
    },
    storesUnderWrite: found.met.storesUnderWrite,
    marks: found.met.marks,
    clears: found.met.clears,
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
    kinds: found.kinds.map(({ whose, counts, block, harm, suffered, steps, choices }) => {
      return {
        whose,
        counts,
        block: block ?? null,
        harm: harm ?? null,
        suffered,
        steps,
        choices,
      };
    }),
  };
}
