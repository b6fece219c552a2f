/**
 * `desync compare`: each file under each strategy with the same seeds, and a scorecard of what
 * came.
 */
import { refuseFixed, seedsIn, strategiesListed } from './chosen.js';
import { compareReport } from './compare-report.js';
import type { Given } from './given.js';
import { strategiesKnown, strategyFiles } from './own-strategy.js';
import { conditionsIn } from './reporting/conditions.js';
import { reported } from './reporting/reported.js';
import type { Session } from './session.js';
import { loadAll } from './sources.js';
import { howOf } from './sweep/how.js';
import { plannedSweep } from './sweep/planned.js';
import { reportOf, type Reporting } from './sweep/shard-report.js';
import { swept } from './sweep/swept.js';

const USUAL_SEEDS = '1..1000';

export function compare(given: Given, session: Session): Promise<number> {
  return reported('compare', given, session, async (outputs) => {
    const files = await loadAll(given.texts('files'), given.texts('set'), session, outputs.hear);
    const how = howOf(given);
    const seeds = seedsIn(given.text('seeds') ?? USUAL_SEEDS);
    const conditions = conditionsIn(given.texts('fail-on'));
    const list = given.text('strategies') ?? 'all';
    for (const { file, scenario } of files) refuseFixed(file, scenario, 'compare seed by seed');
    outputs.spare(strategyFiles([], files));
    const known = await strategiesKnown(list === 'all' ? [] : list.split(','), files, session);
    const strategies = strategiesListed(list, known);
    // Strategy by strategy: a world is kept for the last one.
    const tried = files.flatMap(({ file, scenario }) =>
      strategies.map((strategy) => ({ file, scenario, strategy })),
    );
    const sweep = plannedSweep('compare', tried, seeds, given, session, outputs);
    const whole: Reporting = (header) => compareReport(header, conditions, outputs);
    return swept(sweep, how, reportOf(whole, sweep.header, how, outputs, session), session);
  });
}
