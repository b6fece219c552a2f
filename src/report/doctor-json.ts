/** What `desync doctor` found, as JSON: what is absent is null, never missing. */
import type { Diagnosis, ToldEvent } from '../lab/diagnose.js';
import type { Circumstances } from './doctor-text.js';

/** Every field is named here, so that nothing becomes part of the format unseen. */
export function doctorJson(found: Diagnosis, { modelVersion, engine }: Circumstances): object {
  const { difference } = found;
  return {
    scenario: found.scenario,
    strategy: found.strategy,
    seed: found.seed,
    runs: found.runs,
    events: found.events,
    fingerprint: found.fingerprint,
    stopped: found.stopped ?? null,
    modelVersion,
    engine,
    difference:
      difference === undefined
        ? null
        : {
            run: difference.run,
            event: difference.event ?? null,
            first: eventJson(difference.first),
            second: eventJson(difference.second),
            firstNext: eventJson(difference.firstNext),
            secondNext: eventJson(difference.secondNext),
            field: difference.field ?? null,
          },
  };
}

function eventJson(event: ToldEvent | undefined): object | null {
  if (event === undefined) return null;
  return { atNs: event.atNs, actor: event.actor, happenings: event.happenings };
}
