/**
 * What a crash would leave, copied.
 *
 * The first image of a run stands where that of the run before stood: fresh memory costs a short
 * run more than to fill it.
 */
import { DEFAULT_LEG } from './default-leg.js';
import type { CrashImage } from '../../media/crash-image.js';
import type { Geometry } from '../../media/geometry.js';
import type { Leg } from '../../media/leg.js';
import type { LogDevice } from '../../media/log-device.js';
import type { SectorPool } from '../../media/sector-pool.js';
import { DenseSectors } from '../../media/sectors.js';
import type { Instant } from '../../sim/time.js';

/** Where an image stands. */
interface Room {
  readonly legs: readonly DenseSectors[];
  readonly record: Uint8Array;
}

export class CrashImages {
  readonly #geometry: Geometry;
  readonly #pool: SectorPool;
  #first: Room | undefined;
  #isTaken = false;

  constructor(geometry: Geometry, pool: SectorPool) {
    this.#geometry = geometry;
    this.#pool = pool;
  }

  /** The devices must have settled. */
  take(at: Instant, legs: readonly Leg[], log: LogDevice): CrashImage {
    const room = this.#roomFor(log.bytes);
    for (const [n, { values }] of room.legs.entries()) values.set(legs[n]!.durable.values);
    const record = log.record(room.record);
    return { at, geometry: this.#geometry, defaultLeg: DEFAULT_LEG, record, legs: room.legs };
  }

  /** A new run: images of those before are no longer good. */
  reset(): void {
    this.#isTaken = false;
  }

  #roomFor(recordBytes: number): Room {
    if (this.#isTaken) return this.#made(recordBytes);
    this.#isTaken = true;
    return (this.#first ??= this.#made(recordBytes));
  }

  /** One buffer for all of it: a small one costs more to make than to fill. */
  #made(recordBytes: number): Room {
    const { sectors, legs } = this.#geometry;
    const legBytes = sectors * Int32Array.BYTES_PER_ELEMENT;
    const buffer = new ArrayBuffer(legs * legBytes + recordBytes);
    const legAt = (n: number): DenseSectors =>
      new DenseSectors(this.#pool, sectors, new Int32Array(buffer, n * legBytes, sectors));
    return {
      legs: Array.from({ length: legs }, (_, n) => legAt(n)),
      record: new Uint8Array(buffer, legs * legBytes),
    };
  }
}
