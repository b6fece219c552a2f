/**
 * `desync run`: each file under each strategy with each seed, judged by what the scenario expects.
 */
import { refuseSeeds, seedsFor, strategiesFor } from './chosen.js';
import type { Given } from './given.js';
import { strategiesKnown, strategyFiles } from './own-strategy.js';
import { conditionsIn } from './reporting/conditions.js';
import { reported } from './reporting/reported.js';
import { runReport } from './run-report.js';
import type { Session } from './session.js';
import { loadAll } from './sources.js';
import { endOf, howOf } from './sweep/how.js';
import { triedIn } from './sweep/lanes.js';
import { plannedSweep } from './sweep/planned.js';
import { reportOf, type Reporting } from './sweep/shard-report.js';
import { swept } from './sweep/swept.js';

export function run(given: Given, session: Session): Promise<number> {
  return reported('run', given, session, async (outputs) => {
    const files = await loadAll(given.texts('files'), given.texts('set'), session, outputs.hear);
    const how = howOf(given);
    const end = endOf(how);
    const seeds = seedsFor(given);
    const conditions = conditionsIn(given.texts('fail-on'));
    const named = given.texts('strategy');
    for (const { file, scenario } of files) refuseSeeds(given, file, scenario);
    outputs.spare(strategyFiles(named, files));
    const known = await strategiesKnown(named, files, session);
    const tried = files.flatMap(({ file, scenario }) =>
      strategiesFor(scenario, named, known).map((strategy) => ({ file, scenario, strategy })),
    );
    const sweep = plannedSweep('run', tried, seeds, given, session, outputs);
    const whole: Reporting = (header) =>
      runReport(header, conditions, outputs, async () => {
        const { shrinkerFor } = await import('./shrinking/shrinker.js');
        return shrinkerFor(header, (n) => triedIn(sweep.tried, n), session, end);
      });
    return swept(sweep, how, reportOf(whole, sweep.header, how, outputs, session), session);
  });
}
