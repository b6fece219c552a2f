/** What shrinking left of a failure, as JSON: what is absent is null, never missing. */
import type { Shrunk } from '../lab/shrink.js';

/** `scenario`: as a scenario file says it. */
export function shrunkJson(shrunk: Shrunk, scenario: object): object {
  const { failure, before, after, runs, isMinimal, repeats, ways, outcome } = shrunk;
  const sizeOf = ({ steps, answers, events }: typeof before): object => ({
    steps,
    answers,
    events,
  });
  return {
    failure: {
      outcome: failure.outcome,
      harm: failure.harm ?? null,
      block: failure.block ?? null,
    },
    before: sizeOf(before),
    after: sizeOf(after),
    runs,
    minimal: isMinimal,
    repeats,
    ways,
    timing: outcome.timing,
    crashAtNs: outcome.timing === 'free' ? null : (outcome.crash?.atNs ?? null),
    fingerprint: outcome.fingerprint,
    scenario,
  };
}
