/**
 * What kernels differ in, seen from outside: whose write() waits, and who writes when memory is
 * short.
 */
import { Runner } from '../../src/lab/runner.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../support/shipped-scenarios.js';
import { only } from '../support/told.js';
import { toldBy } from '../support/watched-run.js';

const COUNTER = 'kernels/alive-today.yaml';

/**
 * Only Linux 3.0 waits before write() while the page is under write, and there nothing is exposed.
 */
export function wrongWaits(kernel: string, seeds: readonly string[]): string[] {
  const scenario = shippedScenario(COUNTER, `kernel=${kernel}`);
  const runner = new Runner();
  return seeds.flatMap((seed) => {
    const { exposure, costs } = runner.run(scenario, clearWhenIdle, seed);
    const { storeWaits } = costs;
    if (kernel !== 'linux-3.0') return storeWaits === 0 ? [] : [`${storeWaits} stores waited`];
    if (storeWaits === 0) return ['no store waited'];
    return exposure.windowCount === 0 ? [] : [`exposed ${exposure.windowCount} times`];
  });
}

/** kswapd is woken while some pages are free still, and writes some of those that are dirty. */
export function idleKswapd(seed: string): string[] {
  const scenario = shippedScenario('kswapd.yaml');
  const writes = only(toldBy(laboratory(scenario, clearWhenIdle), seed), 'submitted');
  return writes.some(({ actor }) => actor === 'kswapd') ? [] : ['kswapd writes nothing'];
}
