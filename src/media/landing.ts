/**
 * Sectors become durable one by one, on every device at its own pace; whoever looks must see them in time order.
 *
 * No event is spent on a sector. A device knows when its next sector lands; before anything looks at what is durable,
 * all sectors that landed until then are taken in, the earliest first whatever the device.
 */
export interface LandingDevice {
  /** When its next sector becomes durable; Infinity when nothing is being transferred. */
  nextLanding(): number;
  /** Takes in the next sector. */
  landOne(): void;
}

/** Takes in what became durable until `until`, that instant included. Of two at one instant the earlier device is first. */
export function settle(devices: readonly LandingDevice[], until: number): void {
  for (;;) {
    let earliest: LandingDevice | undefined;
    let at = Infinity;
    for (let i = 0; i < devices.length; i++) {
      const landing = devices[i]!.nextLanding();
      if (landing < at) {
        at = landing;
        earliest = devices[i];
      }
    }
    if (earliest === undefined || at > until) return;
    earliest.landOne();
  }
}
