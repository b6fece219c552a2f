/**
 * When a mark goes, and what is done before: what strategies and kernels say of themselves, held
 * against what the log was told and what a crash finds there.
 */
import { crashAt } from '../../src/lab/crash.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { BITSET_AT } from '../../src/media/dm-log.js';
import { SECTOR_BYTES } from '../../src/media/geometry.js';
import { covers } from '../../src/media/record.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { only } from '../support/told.js';
import { toldBy } from '../support/watched-run.js';

/** Nanoseconds from the last write of a region to its clear, as `HASTY` tunes these strategies. */
export const LEAST_IDLE_NS: Readonly<Record<string, number>> = {
  'clear-after-period': 900e6,
  // The second run of the daemon: the first may come at once.
  'md-bitmap': 700e6,
  'md-llbitmap': 300e6,
};

export interface Clears {
  readonly faults: readonly string[];
  readonly clears: number;
}

/** Regions whose mark went sooner after their last write than it may. */
export function hastyClears(scenario: Scenario, strategy: FixStrategy, seed: string): Clears {
  const lab = laboratory(scenario, strategy);
  const least = LEAST_IDLE_NS[strategy.name] ?? 0;
  const { regionSectors } = lab.world.geometry;
  const lastWrite = new Map<number, number>();
  const faults: string[] = [];
  let clears = 0;
  for (const told of toldBy(lab, seed)) {
    if (told.kind === 'completed') lastWrite.set(Math.floor(told.sector / regionSectors), told.at);
    if (told.kind !== 'log-landed') continue;
    for (const region of told.cleared) {
      clears++;
      const idle = told.at - (lastWrite.get(region) ?? -Infinity);
      if (idle < least) faults.push(`${told.at} ns: region ${region} is cleared after ${idle} ns`);
    }
  }
  return { faults, clears };
}

/** checksum-compare: regions that were cleared though memory changed under their last write. */
export function unequalClears(scenario: Scenario, strategy: FixStrategy, seed: string): Clears {
  const lab = laboratory(scenario, strategy);
  const { world } = lab;
  const { regionSectors } = world.geometry;
  const submitted = new Map<number, readonly number[]>();
  const unequal = new Set<number>();
  const faults: string[] = [];
  let clears = 0;
  world.trace.listen((told) => {
    if (told.kind === 'submitted' || told.kind === 'completed') {
      const sectors = Array.from({ length: told.sectors }, (_, k) => told.sector + k);
      const values = sectors.map((sector) => world.memory.get(sector));
      if (told.kind === 'submitted') submitted.set(told.request, values);
      else {
        for (const [k, sector] of sectors.entries()) {
          if (values[k] === submitted.get(told.request)?.[k]) unequal.delete(sector);
          else unequal.add(sector);
        }
      }
    }
    if (told.kind !== 'log-landed') return;
    for (const region of told.cleared) {
      clears++;
      const first = region * regionSectors;
      for (let sector = first; sector < first + regionSectors; sector++) {
        if (unequal.has(sector)) faults.push(`${told.at} ns: sector ${sector} had changed`);
      }
    }
  });
  world.reset(seeded(seed));
  world.runTo(instantOf(scenario.duration - 1));
  world.trace.listen(undefined);
  return { faults, clears };
}

/** From 2.6.33 on: what is made clean is written when every leg has flushed its cache since. */
export function unflushedClears(scenario: Scenario, seed: string): Clears {
  const lab = laboratory(scenario, clearWhenIdle);
  const legs = scenario.mirror.legs.map((_, n) => `leg ${n}`);
  const faults: string[] = [];
  let flushed = new Set<string>();
  let clears = 0;
  for (const told of toldBy(lab, seed)) {
    if (told.kind === 'cache-flushed') flushed.add(told.actor);
    if (told.kind !== 'log-landed') continue;
    if (told.cleared.length > 0) clears++;
    if (told.cleared.length > 0 && !legs.every((leg) => flushed.has(leg))) {
      faults.push(`${told.at} ns: regions ${told.cleared.join()} are clean, no cache was flushed`);
    }
    flushed = new Set();
  }
  return { faults, clears };
}

/**
 * A bit of the dm-log is durable when its sector is: the last one when the write completes, each
 * one before it as much earlier as the drive says.
 */
export function untimelyBits(scenario: Scenario, seed: string): Clears {
  const lab = laboratory(scenario, clearWhenIdle);
  const { sectorTime } = scenario.mirror.log;
  const landings = only(toldBy(lab, seed), 'log-landed');
  const last = lab.world.crash().record.bytes.length / SECTOR_BYTES - 1;
  const faults: string[] = [];
  let clears = 0;
  lab.world.reset(seeded(seed));
  for (const { at, marked, cleared } of landings) {
    const region = marked[0] ?? cleared[0];
    if (region === undefined) continue;
    const sector = Math.floor((BITSET_AT + (region >> 3)) / SECTOR_BYTES);
    const durable = at - (last - sector) * sectorTime;
    const isMarked = (when: number): boolean =>
      covers(crashAt(lab, instantOf(when)).image.record, region);
    const [before, after] = [isMarked(durable - 1), isMarked(durable)];
    clears++;
    if (before === after || after !== marked.includes(region)) {
      faults.push(`region ${region}: its bit does not change at ${durable} ns`);
    }
  }
  return { faults, clears };
}
