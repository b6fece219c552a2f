/** A run that is looked at after every event. */
import type { Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import type { World } from '../../src/machine/world.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';

type Transfer = Extract<Happening, { readonly kind: 'transfer' }>;

/** The writes of which some leg has begun its transfer and not all legs have completed. */
export class InFlight {
  readonly #transfers = new Map<number, Transfer>();

  hear(happening: Happening): void {
    if (happening.kind === 'transfer') this.#transfers.set(happening.request, happening);
    if (happening.kind === 'completed') this.#transfers.delete(happening.request);
  }

  get count(): number {
    return this.#transfers.size;
  }

  all(): Iterable<Transfer> {
    return this.#transfers.values();
  }
}

/** Runs to the end of the scenario; `look` after each event, `hear` during it. */
export function watchedRun(
  lab: Laboratory,
  seed: string,
  hear: (happening: Happening) => void,
  look: (world: World) => void = () => undefined,
): World {
  const { world, scenario } = lab;
  world.trace.listen(hear);
  try {
    world.reset(seeded(seed));
    while (world.advance(instantOf(scenario.duration - 1))) look(world);
  } finally {
    world.trace.listen(undefined);
  }
  return world;
}

/** All that a run tells. */
export function toldBy(lab: Laboratory, seed = '1'): Happening[] {
  const told: Happening[] = [];
  watchedRun(lab, seed, (happening) => told.push(happening));
  return told;
}
