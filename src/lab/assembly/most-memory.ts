/**
 * How many pages a workload can have in use at once, whatever happens: where memory has more,
 * nothing will ever be reclaimed, and nobody need count.
 */
import type { Layout } from '../../ext2/layout.js';
import type { Application, Step } from '../../machine/program.js';
import type { MostPages } from '../../machine/memory/zone.js';
import { PAGE_BYTES } from '../../media/geometry.js';

/** `names`: files that the workload knows. */
export function mostPagesInUse(
  workload: readonly Application[],
  { blocksCount, blockBytes }: Layout,
  names: number,
): MostPages {
  // A block can stand in a page of the device and in a page of a file; a file's last page may be
  // part empty.
  const pages = Math.ceil((blocksCount * blockBytes) / PAGE_BYTES);
  const processes = workload.reduce((sum, { steps }) => sum + change(steps).peak, 0);
  return { files: pages * 2 + names, processes };
}

interface Change {
  /** Pages held at the end more than before, and the most in between. */
  readonly net: number;
  readonly peak: number;
}

function change(steps: readonly Step[]): Change {
  let net = 0;
  let peak = 0;
  for (const step of steps) {
    const { net: more, peak: most } = changeBy(step);
    peak = Math.max(peak, net + most);
    net += more;
  }
  return { net, peak };
}

function changeBy(step: Step): Change {
  if (step.do === 'use' || step.do === 'release') {
    const pages = Math.ceil(step.bytes / PAGE_BYTES);
    return step.do === 'use' ? { net: pages, peak: pages } : { net: -pages, peak: 0 };
  }
  if (step.do !== 'repeat') return { net: 0, peak: 0 };
  const { net, peak } = change(step.steps);
  const before = (step.times ?? Infinity) - 1;
  return net > 0 ? { net: net * (before + 1), peak: net * before + peak } : { net: 0, peak };
}
