/**
 * Every schedule, each run from where the search begins to its end: slow, and right by inspection.
 * What the search over states finds is held against it.
 */
import { Watch, type Paths, type SearchOptions } from '../../../src/lab/exploring/search.js';
import { EverySchedule } from '../../../src/sim/every-schedule.js';
import { Snapshot } from '../../../src/sim/snapshot.js';

export interface RunSearchResult extends Paths {
  readonly isComplete: boolean;
  /** The fewest events after which a crash would end in divergence; 0: there are none. */
  readonly shortestSteps: number;
}

export function searchRuns(
  options: SearchOptions & { readonly mostSchedules: number },
): RunSearchResult {
  const { world, until, lead, mostSteps, mostSchedules, watch } = options;
  const every = new EverySchedule();
  const start = new Snapshot();
  const exposed = new Watch(options);
  every.begin();
  world.reset(every);
  for (let n = 0; n < lead; n++) world.advance(until);
  world.seal();
  world.save(start);
  const found = { schedules: 0, crashPoints: 1, divergentCrashPoints: 0, shortestSteps: 0 };
  every.begin();
  do {
    if (found.schedules === mostSchedules) return { ...found, isComplete: false };
    world.restore(start);
    let steps = 0;
    let isOver = false;
    while (steps < mostSteps) {
      const { now } = world;
      exposed.before();
      // The end of the time is the last event.
      isOver = !world.advance(until) && world.now === now;
      world.takeIn();
      if (isOver) break;
      steps++;
      if (!every.isNew) continue;
      found.crashPoints++;
      if (!exposed.diverges) continue;
      found.divergentCrashPoints++;
      watch?.diverges();
      const all = lead + steps;
      if (found.shortestSteps === 0 || all < found.shortestSteps) found.shortestSteps = all;
    }
    if (isOver) {
      found.schedules++;
      watch?.ends();
    }
  } while (every.next());
  return { ...found, isComplete: true };
}
