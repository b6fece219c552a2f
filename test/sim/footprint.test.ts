import { describe, expect, it } from 'vitest';
import { Footprint, questionAt } from '../../src/sim/footprint.js';

function opened() {
  const footprint = new Footprint();
  const stretch = footprint.covers(Int32Array.from([0x111, 0x222]));
  stretch.first = 40;
  footprint.open();
  return { footprint, stretch };
}

describe('a footprint', () => {
  it('has what was read before it was written, each bit once', () => {
    const { footprint, stretch } = opened();
    footprint.reads(stretch, 1, 0x00f);
    footprint.reads(stretch, 1, 0x0ff);
    footprint.writes(stretch, 0, 0x0ff);
    footprint.reads(stretch, 0, 0xfff);
    footprint.reads(stretch, 0, 0xf00);
    expect(footprint.sights).toEqual([
      { place: 41, bits: 0x00f, value: 0x002 },
      { place: 41, bits: 0x0f0, value: 0x020 },
      { place: 40, bits: 0xf00, value: 0x100 },
    ]);
  });

  it('has all bits of a word that were written, as they stand in the end', () => {
    const { footprint, stretch } = opened();
    footprint.writes(stretch, 1, 0x00f);
    footprint.writes(stretch, 1, 0xf00);
    stretch.words[1] = 0x789;
    expect(footprint.written()).toEqual([{ place: 41, bits: 0xf0f, value: 0x709 }]);
  });

  it('hears answers while it is open', () => {
    const { footprint } = opened();
    footprint.hears(3, 2);
    footprint.close();
    footprint.hears(3, 1);
    expect(footprint.sights).toEqual([{ place: questionAt(3), bits: -1, value: 2 }]);
  });

  it('begins anew when it is opened again', () => {
    const { footprint, stretch } = opened();
    footprint.reads(stretch, 1, 0xfff);
    footprint.writes(stretch, 0, 1);
    footprint.open();
    expect(footprint.sights).toEqual([]);
    expect(footprint.written()).toEqual([]);
    footprint.reads(stretch, 1, 0xfff);
    expect(footprint.sights).toHaveLength(1);
  });

  it('is taken of a sealed arena only', () => {
    const footprint = new Footprint();
    const stretch = footprint.covers(new Int32Array(2));
    expect(() => {
      footprint.reads(stretch, 0, 1);
    }).toThrow('sealed');
  });
});
