import { describe, expect, it } from 'vitest';
import { failsAs, failureOf } from '../../src/lab/failure.js';
import { clean, harmed } from '../report/mail-race.js';

const diverged = { ...harmed, outcome: 'diverged' as const, harm: [] };
const [bitmap] = harmed.divergence;
const inode = { ...bitmap!, belongsTo: 'inode 12' };
const data = { ...bitmap!, belongsTo: 'data of /b of mine, block 3' };

describe('a kind of failure', () => {
  it('is the gravest harm, whose block diverged, or mere exposure', () => {
    expect(failureOf(harmed, false)).toMatchObject({ outcome: 'harmed', harm: 'block-used-twice' });
    expect(failureOf(diverged, false)).toMatchObject({
      outcome: 'diverged',
      block: 'block bitmap',
    });
    expect(failureOf({ ...harmed, outcome: 'exposed' }, false)).toMatchObject({ harm: undefined });
    expect(failureOf(clean, false)).toBeUndefined();
  });

  it('is not that of another outcome', () => {
    const failure = failureOf(diverged, false)!;
    expect(failsAs(failure, harmed, false)).toBe(false);
    expect(failsAs(failure, clean, false)).toBe(false);
  });

  it('is that of the same kind of block, whatever its number', () => {
    const failure = failureOf({ ...diverged, divergence: [data] }, false)!;
    expect(failure.block).toBe('data');
    const other = {
      ...diverged,
      divergence: [inode, { ...data, belongsTo: 'data of /c, block 0' }],
    };
    expect(failsAs(failure, other, false)).toBe(true);
    expect(failsAs(failure, { ...diverged, divergence: [inode] }, false)).toBe(false);
  });

  it('is that of the same harm', () => {
    const failure = failureOf(harmed, false)!;
    const [, wrong] = harmed.harm;
    expect(failsAs(failure, { ...harmed, harm: [wrong!] }, false)).toBe(false);
  });

  it('leaves out what an application did to itself, unless that counts', () => {
    const own = { ...diverged, divergence: [{ ...inode, byApplication: true }, bitmap!] };
    expect(failureOf(own, false)).toMatchObject({ block: 'block bitmap' });
    expect(failureOf(own, true)).toMatchObject({ block: 'inode' });
  });
});
