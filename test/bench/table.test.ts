import { describe, expect, it } from 'vitest';
import { cellsOf, figure, markdown, rowOf } from '../../bench/table.js';

const what = { what: 'agenda', unit: 'M/s', beside: 'a ring' };

describe('a row', () => {
  it('says whether our figure is what it should be', () => {
    const aim = { of: 'ours', least: 10 } as const;
    expect(rowOf({ ...what, aim }, { ours: 10, theirs: 40 })).toMatchObject({
      ratio: 0.25,
      aim: '>= 10',
      met: true,
    });
    expect(rowOf({ ...what, aim }, { ours: 9.9, theirs: 40 }).met).toBe(false);
  });

  it('says whether the ratio is', () => {
    const aim = { of: 'ratio', most: 1.6 } as const;
    expect(rowOf({ ...what, aim }, { ours: 16, theirs: 10 })).toMatchObject({
      aim: 'ratio <= 1.6',
      met: true,
    });
    expect(rowOf({ ...what, aim }, { ours: 17, theirs: 10 }).met).toBe(false);
  });

  it('judges nothing without an aim', () => {
    expect(rowOf(what, { ours: 1, theirs: 2 })).toMatchObject({ aim: null, met: null });
  });

  it('tells a peer that is not there, and does not judge a ratio to it', () => {
    const aim = { of: 'ratio', most: 1.6 } as const;
    const row = rowOf({ ...what, aim }, { ours: 1, theirs: { missing: 'SimPy' } });
    expect(row).toMatchObject({ theirs: null, missing: 'SimPy', ratio: null, met: null });
    expect(cellsOf(row)).toContain('not there');
    const machine = { cores: 2, node: '20.20', load: 0 };
    expect(markdown(machine, [row])).toContain('Not there: SimPy.');
  });
});

describe('a figure', () => {
  it('has three digits that count', () => {
    expect([0.0412, 0.5, 1.239, 15.44, 120_961].map(figure)).toEqual([
      ...['0.041', '0.5', '1.24', '15.4', '120,961'],
    ]);
  });
});
