/** What a crash leaves behind, copied while the run stands still. */
import type { Laboratory } from './laboratory.js';
import type { FsyncPromise } from '../ext2/promise.js';
import type { CrashImage } from '../media/crash-image.js';
import type { Instant } from '../sim/time.js';

/**
 * What a crash leaves: the disks, what applications had been promised, and the sectors in which it
 * is their own fault if legs differ.
 */
export interface Crash {
  readonly image: CrashImage;
  readonly promises: readonly FsyncPromise[];
  readonly applicationsSectors: readonly number[];
}

/** Runs to that instant and copies what is durable. */
export function crashAt(lab: Laboratory, at: Instant): Crash {
  lab.world.runTo(at);
  return crashNow(lab);
}

export function crashNow({ world }: Pick<Laboratory, 'world'>): Crash {
  return {
    image: world.crash(),
    promises: world.promised(),
    applicationsSectors: world.applicationsSectors(),
  };
}
