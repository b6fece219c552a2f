import { describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { KERNEL_NAMES } from '../../src/scenario/scenario.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const SEEDS = 40;

interface Found {
  readonly exposed: number;
  readonly met: number;
  readonly waits: number;
}

/**
 * Of so many seeds: runs that were exposed, runs in which a store met a write, stores that waited.
 */
function found(path: string, kernel: string): Found {
  const scenario = shippedScenario(path, `kernel=${kernel}`);
  const runner = new Runner();
  let [exposed, met, waits] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const run = runner.run(scenario, clearWhenIdle, String(seed));
    if (run.exposure.windowCount > 0) exposed++;
    if (run.storesUnderWrite > 0) met++;
    waits += run.costs.storeWaits;
  }
  return { exposed, met, waits };
}

/** Only data changes under write here: what is dirtied beside it has the same bytes as before. */
const DATA = 'kernels/alive-today.yaml';

describe.each(KERNEL_NAMES)('a counter in a file on %s', (kernel) => {
  const waits = kernel === 'linux-3.0';

  it(`with write() ${waits ? 'never differs, because its stores wait' : 'differs sometimes'}`, () => {
    const { exposed, met, waits: stores } = found(DATA, kernel);
    expect(met).toBe(SEEDS);
    if (waits) {
      expect(exposed).toBe(0);
      expect(stores).toBeGreaterThan(SEEDS);
    } else {
      expect(exposed).toBeGreaterThan(0);
      expect(exposed).toBeLessThan(SEEDS);
      expect(stores).toBe(0);
    }
  });
});

describe('on Linux 3.0', () => {
  it.each(['kernels/mapping-does-not-wait.yaml'])('nothing of %s waits, and it differs', (path) => {
    const { exposed, waits } = found(path, 'linux-3.0');
    expect(waits).toBe(0);
    expect(exposed).toBeGreaterThan(0);
  });
});
