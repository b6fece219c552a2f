import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLog, logBytes } from '../../src/media/dm-log.js';
import { latencyModel } from '../../src/media/latency.js';
import { toResync } from '../../src/media/record.js';
import { durationOf } from '../../src/sim/time.js';
import { Answers } from '../sim/answers.js';
import { LoneLog, REGIONS } from './lone-log.js';

describe('the log device at boot', () => {
  it('holds the header that the kernel wrote, and all clean or all marked', () => {
    expect(toResync(new LoneLog(40, true).log.record())).toEqual([]);
    expect(toResync(new LoneLog(3, false).log.record())).toEqual([0, 1, 2]);
    const golden = new Uint8Array(logBytes(40));
    formatLog(golden, 40, true);
    const { format, bytes } = new LoneLog(40, true).log.record();
    expect(format.kind).toBe('dm-log');
    expect(bytes).toEqual(golden);
  });
});

describe('a log write', () => {
  it('makes each bit durable when its sector lands', () => {
    const lone = new LoneLog();
    for (const region of [8199, 0, 4096, 4095]) lone.buffer.mark(region);
    lone.log.flush();
    const marked = [169, 170, 179, 180, 189, 190].map((now) => {
      lone.runTo(now);
      return toResync(lone.log.record());
    });
    expect(marked).toEqual([
      [],
      [0, 4095],
      [0, 4095],
      [0, 4095, 4096],
      [0, 4095, 4096],
      [0, 4095, 4096, 8199],
    ]);
  });

  it('tells of each bit that changed, once, at the instant at which it landed', () => {
    const lone = new LoneLog();
    for (const region of [8199, 0, 4096, 4095]) lone.buffer.mark(region);
    lone.log.flush();
    lone.runTo(1000);
    lone.settle();
    expect(lone.told).toEqual([
      'marked 0@170',
      'marked 4095@170',
      'marked 4096@180',
      'marked 8199@190',
    ]);
  });

  it('writes the whole buffer again, and tells only what is new', () => {
    const lone = new LoneLog();
    lone.buffer.mark(5);
    lone.buffer.mark(6);
    lone.log.flush();
    lone.runTo(500);
    lone.buffer.clear(5);
    lone.buffer.mark(5000);
    lone.log.flush();
    lone.runTo(1000);
    expect(lone.told.slice(2)).toEqual(['cleared 5@670', 'marked 5000@680']);
    expect(lone.log.record().bytes).toEqual(lone.buffer.image.bytes);
    expect([5, 6, 5000, 7].map((region) => lone.log.isMarked(region))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('draws two latencies when it begins', () => {
    const range = latencyModel({ kind: 'uniform', from: durationOf(0), to: durationOf(99) });
    const model = { firstSample: range, sectorTime: durationOf(10), durable: range };
    const answers = new Answers(40, 7);
    const lone = new LoneLog(40, true, false, model, answers);
    lone.buffer.mark(5);
    lone.log.flush();
    expect(answers.heard).toEqual([
      { what: 'first sample', bound: 100 },
      { what: 'durable', bound: 100 },
    ]);
    lone.runTo(1000);
    // Behind the two sectors of the header.
    expect(lone.told).toEqual(['marked 5@67']);
  });

  it('takes as long when nothing has changed, and tells nothing', () => {
    const lone = new LoneLog();
    lone.log.flush();
    lone.runTo(189);
    expect(lone.written).toBe(0);
    lone.runTo(190);
    expect(lone.written).toBe(1);
    expect(lone.told).toEqual([]);
  });

  it('leaves nothing behind but the bits', () => {
    const lone = new LoneLog();
    const atFirst = lone.held();
    lone.log.flush();
    expect(lone.held()).not.toEqual(atFirst);
    lone.runTo(190);
    expect(lone.held()).toEqual(atFirst);
  });

  it('is done when its last sector is durable, and then the next may start', () => {
    const lone = new LoneLog();
    lone.log.flush();
    lone.runTo(189);
    expect(() => lone.log.flush()).toThrow('written by one at a time');
    lone.runTo(190);
    lone.buffer.mark(9);
    lone.log.flush();
    lone.runTo(1000);
    expect(lone.written).toBe(2);
    expect(lone.told).toEqual(['marked 9@360']);
  });

  it('is of a buffer that nobody may change until it is done', () => {
    const lone = new LoneLog();
    lone.buffer.mark(1);
    lone.log.flush();
    lone.runTo(189);
    const { buffer } = lone;
    const changes = [
      () => {
        buffer.mark(2);
      },
      () => {
        buffer.clear(1);
      },
      () => {
        buffer.setActive(false);
      },
      () => {
        buffer.prepare();
      },
    ];
    for (const change of changes) expect(change).toThrow('the record changes while it is written');
    expect(toResync(lone.log.record())).toEqual([1]);
    lone.runTo(190);
    buffer.mark(2);
    lone.log.flush();
    lone.runTo(1000);
    expect(toResync(lone.log.record())).toEqual([1, 2]);
  });

  it('tells nothing of bits behind the last region', () => {
    const lone = new LoneLog(11);
    for (const region of [10, 11, 31])
      lone.buffer.image.bytes[1024 + (region >> 3)]! ^= 1 << (region & 7);
    lone.log.flush();
    lone.runTo(1000);
    expect(lone.told).toEqual(['marked 10@170']);
  });

  it('leaves the durable bits as the buffer has them, and has told just the difference', () => {
    const toggles = fc.array(fc.nat(REGIONS - 1), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(toggles, { maxLength: 4 }), (rounds) => {
        const lone = new LoneLog();
        const marked = new Set<number>();
        let now = 0;
        for (const regions of rounds) {
          const changed = new Set<number>();
          for (const region of new Set(regions)) {
            changed.add(region);
            if (marked.delete(region)) lone.buffer.clear(region);
            else {
              marked.add(region);
              lone.buffer.mark(region);
            }
          }
          lone.told.length = 0;
          lone.log.flush();
          lone.runTo((now += 1000));
          const ascending = (list: Iterable<number>): number[] => [...list].sort((a, b) => a - b);
          expect(lone.told.map((text) => text.replace(/@.*/, ''))).toEqual(
            ascending(changed).map((r) => `${marked.has(r) ? 'marked' : 'cleared'} ${r}`),
          );
          expect(toResync(lone.log.record())).toEqual(ascending(marked));
        }
      }),
    );
  });
});

describe('a record that was taken', () => {
  it('does not change when the log does', () => {
    const lone = new LoneLog();
    const before = lone.log.record();
    lone.buffer.mark(1);
    lone.log.flush();
    lone.runTo(1000);
    expect(toResync(before)).toEqual([]);
  });
});

describe('a log device that is reset', () => {
  it('is as new, also in the middle of a write', () => {
    const lone = new LoneLog();
    lone.buffer.mark(1);
    lone.log.flush();
    lone.runTo(175);
    lone.reset();
    expect(lone.log.record().bytes).toEqual(new LoneLog().log.record().bytes);
    expect(lone.log.nextLanding()).toBe(Infinity);
    lone.buffer.mark(1);
    lone.log.flush();
    lone.runTo(170);
    expect(lone.told).toEqual(['marked 1@170', 'marked 1@170']);
  });
});
