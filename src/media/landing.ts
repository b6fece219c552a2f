/**
 * Sectors become durable one by one, on every device at its own pace; whoever looks must see them
 * in time order.
 *
 * No event is spent on a sector. A device knows when its next sector lands; before anything looks
 * at what is durable, all sectors that landed until then are taken in, the earliest first whatever
 * the device.
 */
export interface LandingDevice {
  /** When its next sector becomes durable; Infinity when nothing is being transferred. */
  nextLanding(): number;
  /** Takes in the next sector. */
  landOne(): void;
}

/**
 * Takes in what became durable until `until`, that instant included. Of two at one instant the
 * earlier device is first. A device goes on landing as long as no other one is due before it.
 */
export function settle(devices: readonly LandingDevice[], until: number): void {
  for (;;) {
    let first = 0;
    let at = Infinity;
    let next = Infinity;
    for (let n = 0; n < devices.length; n++) {
      const landing = devices[n]!.nextLanding();
      if (landing < at) {
        next = at;
        at = landing;
        first = n;
      } else if (landing < next) next = landing;
    }
    if (at > until || at === Infinity) return;
    const device = devices[first]!;
    do {
      device.landOne();
      at = device.nextLanding();
    } while (at < next && at <= until);
  }
}
