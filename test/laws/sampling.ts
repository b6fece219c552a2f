/**
 * The race itself: a leg holds what memory held when it sampled, sector by sector, and holds it
 * from the instant on at which the drive made it durable, not sooner.
 *
 * Memory's history is kept here by what stores told, apart from the model's own way of keeping old
 * values aside. Where a store and a sample fall on one instant either may have been first.
 */
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';

type Of<K extends Happening['kind']> = Extract<Happening, { readonly kind: K }>;

export interface Sampled {
  readonly faults: readonly string[];
  /** Sectors that landed, and those of them that memory held another value of by then. */
  readonly landed: number;
  readonly changed: number;
}

/** For strategies whose legs read live pages, or a private copy made at submission. */
export function wrongSamples(scenario: Scenario, strategy: FixStrategy, seed: string): Sampled {
  const lab = laboratory(scenario, strategy);
  const watch = new SampleWatch(lab, strategy.legsRead === 'private-copy');
  const { world } = lab;
  world.reset(seeded(seed));
  watch.begin();
  world.trace.listen((happening) => {
    watch.hear(happening);
  });
  const end = instantOf(scenario.duration - 1);
  while (world.advance(end)) watch.look();
  world.trace.listen(undefined);
  return watch;
}

interface Change {
  readonly at: number;
  readonly value: number;
}

interface Transfer {
  readonly told: Of<'transfer'>;
  /** What the leg held there before. */
  readonly before: readonly number[];
}

class SampleWatch implements Sampled {
  readonly faults: string[] = [];
  landed = 0;
  changed = 0;
  readonly #lab: Laboratory;
  readonly #atSubmission: boolean;
  readonly #history: Change[][];
  readonly #submitted = new Map<number, number>();
  /** A leg tells of the next transfer before it tells that the last one has landed. */
  readonly #transfers: Transfer[] = [];

  constructor(lab: Laboratory, atSubmission: boolean) {
    this.#lab = lab;
    this.#atSubmission = atSubmission;
    this.#history = Array.from({ length: lab.world.memory.count }, () => []);
  }

  begin(): void {
    const { memory } = this.#lab.world;
    for (const [sector, changes] of this.#history.entries()) {
      changes.push({ at: -1, value: memory.get(sector) });
    }
  }

  hear(told: Happening): void {
    if (told.kind === 'store') {
      const value = this.#lab.world.memory.get(told.sector);
      this.#history[told.sector]!.push({ at: told.at, value });
    } else if (told.kind === 'submitted') this.#submitted.set(told.request, told.at);
    else if (told.kind === 'transfer') {
      this.#transfers.push({ told, before: heldBy(this.#lab.world.crash(), told) });
    } else if (told.kind === 'landed') this.#hasLanded(told);
  }

  /** After an event: nothing is durable before its time. */
  look(): void {
    const { now } = this.#lab.world;
    if (this.#transfers.length === 0) return;
    const image = this.#lab.world.crash();
    for (const { told, before } of this.#transfers) {
      const held = heldBy(image, told);
      const k = held.findIndex((value, n) => value !== before[n] && now < durableAt(told, n));
      if (k !== -1) this.faults.push(`${now} ns: leg ${told.leg}, sector ${told.sector + k} early`);
    }
  }

  #hasLanded({ leg, request, at }: Of<'landed'>): void {
    const of = this.#transfers.findIndex(
      ({ told }) => told.leg === leg && told.request === request,
    );
    const [transfer] = of === -1 ? [] : this.#transfers.splice(of, 1);
    if (transfer === undefined) return;
    const { told } = transfer;
    if (at !== told.durableAt) this.faults.push(`${at} ns: leg ${leg} is done at another time`);
    for (const [k, value] of heldBy(this.#lab.world.crash(), told).entries()) {
      this.landed++;
      const sector = told.sector + k;
      const when = this.#atSubmission ? this.#submitted.get(told.request)! : sampledAt(told, k);
      const expected = this.#memoryAt(sector, when);
      if (value !== this.#history[sector]!.at(-1)!.value) this.changed++;
      if (!expected.includes(value)) {
        this.faults.push(`leg ${leg} holds in sector ${sector} not what memory held at ${when} ns`);
      }
    }
  }

  /** More than one value where a store fell on that very instant. */
  #memoryAt(sector: number, at: number): number[] {
    const changes = this.#history[sector]!;
    const last = changes.findLastIndex((change) => change.at < at);
    const tied = changes.slice(last + 1).filter((change) => change.at === at);
    return [changes[last]!, ...tied].map(({ value }) => value);
  }
}

function heldBy({ legs }: CrashImage, { leg, sector, sectors }: Of<'transfer'>): number[] {
  return Array.from({ length: sectors }, (_, k) => legs[leg]!.get(sector + k));
}

function sectorTime({ firstSampleAt, lastSampleAt, sectors }: Of<'transfer'>): number {
  return sectors === 1 ? 0 : (lastSampleAt - firstSampleAt) / (sectors - 1);
}

function sampledAt(told: Of<'transfer'>, k: number): number {
  return told.firstSampleAt + k * sectorTime(told);
}

function durableAt(told: Of<'transfer'>, k: number): number {
  return told.durableAt - (told.sectors - 1 - k) * sectorTime(told);
}
