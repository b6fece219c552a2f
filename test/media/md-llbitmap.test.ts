import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../src/media/geometry.js';
import { STATES_AT, mdLockless } from '../../src/media/md-llbitmap.js';
import { WrittenRecord } from './written-record.js';

/** States of chunks 0-511 in one sector, the rest in the next. */
const GEOMETRY = geometryOf(600 * 128, 128, 2);
const FIRST = [16 + 2];
const SECOND = [16 + 3];

function lockless(clean = true): WrittenRecord {
  return new WrittenRecord(mdLockless(GEOMETRY), clean);
}

describe('the lockless bitmap of md', () => {
  it('has a byte a chunk, 1 KiB behind its start: 1 clean, 2 dirty, 3 to be copied', () => {
    const record = lockless();
    record.buffer.mark(2);
    record.flush();
    expect([...record.durable.bytes.subarray(STATES_AT, STATES_AT + 4)]).toEqual([1, 1, 2, 1]);
    expect(lockless(false).durable.bytes[STATES_AT + 599]).toBe(3);
    expect(lockless(false).covered()).toHaveLength(600);
  });

  it('is of version 6 and counts its chunk in sectors', () => {
    const { view } = lockless().durable;
    expect([view.getUint32(8192 + 4, true), view.getUint32(8192 + 52, true)]).toEqual([6, 128]);
  });

  it('that is none, or is not of version 6, has all copied', () => {
    for (const [at, value] of [
      [8192, 0],
      [8192 + 4, 4],
      [8192 + 48, 2],
      [4096, 0],
    ] as const) {
      const record = lockless();
      expect(record.covered()).toEqual([]);
      record.durable.bytes[at] = value;
      expect(record.covered()).toHaveLength(600);
    }
  });

  it('is believed whatever the superblock says of the array', () => {
    const record = lockless();
    record.buffer.mark(2);
    record.flush();
    expect(record.buffer.isActive).toBe(false);
    expect(record.covered()).toEqual([2]);
    record.buffer.setActive(true);
    record.flush();
    record.buffer.setActive(false);
    record.flush();
    expect(record.covered()).toEqual([2]);
  });

  it('never writes clean for its own sake, but with the next mark in the sector', () => {
    const record = lockless();
    record.buffer.mark(2);
    record.flush();
    record.buffer.clear(2);
    expect(record.buffer.takeTouched()).toBe(false);
    record.buffer.mark(550);
    record.flush();
    expect(record.covered()).toEqual([2, 550]);
    record.buffer.mark(3);
    record.flush();
    expect(record.covered()).toEqual([3, 550]);
    expect(record.writes).toEqual([FIRST, SECOND, FIRST]);
  });

  it.each([
    [0, false],
    [1, false],
    [2, true],
    [3, true],
    [4, true],
    [5, false],
    [6, false],
    [7, false],
    [8, true],
    [255, true],
  ])('loads state %d as md does', (state, copied) => {
    const record = lockless();
    record.durable.bytes[STATES_AT + 9] = state;
    expect(record.covered()).toEqual(copied ? [9] : []);
  });
});
