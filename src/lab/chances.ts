/** Who answers a run's questions: the choices that its scenario fixes, else a seed. */
import type { Scenario } from '../scenario/scenario.js';
import type { Entropy } from '../sim/entropy.js';
import { AnswersDoNotFit, scheduled, type StoredEntropy } from '../sim/recording.js';
import { seeded } from '../sim/seeded.js';

export interface Chances {
  /** undefined where no seed counts. */
  readonly seed: string | undefined;
  /** The same answers each time. */
  open(): Entropy;
  /** After a run that was opened first: throws where a fixed choice was never asked for. */
  settle(): void;
}

export function chancesOf({ choices }: Pick<Scenario, 'choices'>, seed: string): Chances {
  if (choices === undefined) {
    return { seed, open: () => seeded(seed), settle: () => undefined };
  }
  let first: StoredEntropy | undefined;
  return {
    seed: undefined,
    open() {
      const entropy = scheduled(choices);
      first ??= entropy;
      return entropy;
    },
    settle() {
      const [gone] = first?.unasked ?? [];
      if (gone === undefined) return;
      const { stream, n, what, bound } = gone;
      throw new AnswersDoNotFit(
        `stream '${stream}', question ${n}: stored '${what}' of ${bound}, which this run never asks`,
      );
    },
  };
}
