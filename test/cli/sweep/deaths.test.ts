import { Tinypool } from 'tinypool';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deathsIn } from '../../../src/cli/sweep/deaths.js';
import { Asking } from '../../../src/lab/asking.js';

const { href: filename } = new URL('../shrinking/small-worker.mjs', import.meta.url);

describe('who watches for threads that do not answer', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => vi.useRealTimers());

  it('looks until the end, and keeps no program waiting then', async () => {
    const pool = new Tinypool({ filename, minThreads: 1, maxThreads: 1 });
    const deaths = deathsIn(pool, 1000, () => true);
    const asking = new Asking();
    asking.begins('written');
    const next = deaths.next(0, asking);
    vi.advanceTimersByTime(1200);
    await expect(next).rejects.toThrow("its hook did not return within 1 s when told 'written'");
    expect(vi.getTimerCount()).toBe(1);
    deaths.end();
    expect(vi.getTimerCount()).toBe(0);
    await pool.destroy();
  });
});
