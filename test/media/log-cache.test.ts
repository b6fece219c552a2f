import { describe, expect, it } from 'vitest';
import { LoneLog } from './lone-log.js';

describe('a flush of the cache of the log', () => {
  it('takes the latencies of a request without sectors, and writes nothing', () => {
    const lone = new LoneLog();
    lone.log.flushCache();
    lone.runTo(149);
    expect(lone.cacheFlushes).toBe(0);
    lone.runTo(150);
    expect([lone.cacheFlushes, lone.written, lone.log.writes, lone.told]).toEqual([1, 0, 0, []]);
    expect(lone.held().flat().filter(Boolean)).toEqual(new LoneLog().held().flat().filter(Boolean));
  });

  it('does not share the drive with a write', () => {
    const lone = new LoneLog();
    lone.log.flushCache();
    expect(() => lone.log.flush()).toThrow('one at a time');
    lone.runTo(150);
    lone.log.flush();
    expect(() => {
      lone.log.flushCache();
    }).toThrow('one at a time');
  });

  it('comes before a write that asks for it, which lands that much later', () => {
    const [alone, after] = [new LoneLog(40), new LoneLog(40, true, true)];
    for (const lone of [alone, after]) {
      lone.buffer.mark(7);
      lone.log.flush();
      lone.runTo(1000);
      expect(lone.written).toBe(1);
    }
    // The bit stands in the third sector.
    expect(alone.told).toEqual(['marked 7@170']);
    expect(after.told).toEqual(['marked 7@320']);
  });
});
