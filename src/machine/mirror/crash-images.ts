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

export class CrashImages {
  readonly #geometry: Geometry;
  readonly #pool: SectorPool;
  #room: ArrayBuffer | undefined;
  #isTaken = false;

  constructor(geometry: Geometry, pool: SectorPool) {
    this.#geometry = geometry;
    this.#pool = pool;
  }

  /** The devices must have settled. */
  take(at: Instant, legs: readonly Leg[], log: LogDevice): CrashImage {
    const geometry = this.#geometry;
    const legBytes = geometry.sectors * Int32Array.BYTES_PER_ELEMENT;
    const recordFrom = legs.length * legBytes;
    const room = this.#roomFor(recordFrom + log.bytes);
    return {
      at,
      geometry,
      defaultLeg: DEFAULT_LEG,
      record: log.record(new Uint8Array(room, recordFrom)),
      legs: legs.map((leg, n) => {
        const values = new Int32Array(room, n * legBytes, geometry.sectors);
        values.set(leg.durable.values);
        return new DenseSectors(this.#pool, geometry.sectors, values);
      }),
    };
  }

  /** A new run: images of those before are no longer good. */
  reset(): void {
    this.#isTaken = false;
  }

  #roomFor(bytes: number): ArrayBuffer {
    if (this.#isTaken) return new ArrayBuffer(bytes);
    this.#isTaken = true;
    return (this.#room ??= new ArrayBuffer(bytes));
  }
}
