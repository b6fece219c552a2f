/**
 * What is durable as a number: for fingerprints, by its bytes, and to tell whether a crash would
 * leave what one before it left.
 */
import type { Devices } from './devices.js';
import type { Exposure } from './exposure.js';
import type { SectorPool } from '../../media/sector-pool.js';
import type { Fingerprint } from '../../sim/fingerprint.js';
import type { StateHash } from '../../sim/state-hash.js';

/** Every sector of a leg that was ever written, and its bytes. */
export function mixDurable(fingerprint: Fingerprint, { legs }: Devices, pool: SectorPool): void {
  for (const { durable } of legs) {
    for (let n = 0; n < durable.touchedCount; n++) {
      const sector = durable.touched(n);
      const value = durable.values[sector]!;
      fingerprint.mix(sector);
      fingerprint.mix(pool.digestLow(value));
      fingerprint.mix(pool.digestHigh(value));
    }
  }
}

/** What the legs hold, what recovery copies of it, and whose fault it is if legs differ. */
export function hashDurable(hash: StateHash, devices: Devices, exposure: Exposure): void {
  devices.settle();
  const { sectors, regions } = devices.geometry;
  let place = 0;
  for (const { durable } of devices.legs) {
    for (let n = 0; n < durable.touchedCount; n++) {
      const sector = durable.touched(n);
      const value = durable.values[sector]!;
      if (value !== durable.base(sector)) hash.add(place + sector, value);
    }
    place += sectors;
  }
  for (let region = 0; region < regions; region++) {
    if (exposure.isCovered(region)) hash.add(place + region, 1);
  }
  for (const sector of devices.applicationsSectors()) hash.add(place + regions + sector, 1);
}
