import { describe, expect, it } from 'vitest';
import { arena } from '../../src/sim/arena.js';
import { Footprint } from '../../src/sim/footprint.js';

/** An arena of a few arrays, and what a piece of work that is done there leaves. */
function ground() {
  const footprint = new Footprint();
  const home = arena(footprint);
  const words = home.state.i32(6);
  const bytes = home.state.u8(8);
  const times = home.clock.f64(2);
  const map = home.state.map(Int32Array.of(7, 8, 9));
  const { view, bytes: viewed, words: same } = home.state.views(16);
  home.seal();
  const of = (work: () => void) => {
    footprint.open();
    work();
    footprint.close();
    const told = ({ place, bits, value }: { place: number; bits: number; value: number }) =>
      `${place}/${(bits >>> 0).toString(16)}=${value}`;
    return { read: footprint.sights.map(told), wrote: footprint.written().map(told) };
  };
  return { home, footprint, words, bytes, times, map, view, viewed, same, of };
}

describe('a watched array', () => {
  it('tells each word that is read, once, and each that is written, as it ends', () => {
    const { words, of } = ground();
    words[2] = 5;
    const work = () => {
      words[3] = words[2]! + words[2]!;
      words[3]++;
    };
    expect(of(work)).toEqual({ read: ['2/ffffffff=5'], wrote: ['3/ffffffff=11'] });
  });

  it('tells a byte as eight bits of its word', () => {
    const { bytes, of } = ground();
    bytes[1] = 3;
    const work = () => (bytes[2] = bytes[1]!);
    expect(of(work)).toEqual({ read: ['6/ff00=768'], wrote: ['6/ff0000=196608'] });
  });

  it('tells each byte of a word that is read, but none that was written before', () => {
    const { bytes, of } = ground();
    bytes.set([1, 2, 3, 4]);
    const work = () => {
      bytes[2] = 9;
      return [...bytes.subarray(0, 4)];
    };
    expect(of(work).read).toEqual(['6/ff=1', '6/ff00=512', '6/ff000000=67108864']);
  });

  it('tells a number of eight bytes as two words', () => {
    const { times, of } = ground();
    expect(of(() => times[1]).read).toEqual(['18/ffffffff=0', '19/ffffffff=0']);
  });

  it('tells of maps, and of bytes that are read as words or through a view', () => {
    const { map, view, viewed, same, of } = ground();
    expect(of(() => map.values[1]).read).toEqual(['33/ffffffff=8']);
    expect(of(() => map.set(1, 4)).wrote).toEqual(['33/ffffffff=4']);
    expect(of(() => view.getUint16(2, true)).read).toEqual(['8/ffff0000=0']);
    expect(of(() => viewed[5]).read).toEqual(['9/ff00=0']);
    expect(of(() => same[1]).read).toEqual(['9/ffffffff=0']);
    expect(of(() => view.setBigUint64(4, 1n, true)).wrote).toEqual([
      '9/ffffffff=1',
      '10/ffffffff=0',
    ]);
  });

  it('tells what whole methods read and write', () => {
    const { words, of } = ground();
    words.set([0, 0, 4]);
    expect(of(() => words.indexOf(4)).read).toHaveLength(3);
    expect(of(() => words.subarray(2).includes(4)).read).toEqual(['2/ffffffff=4']);
    expect(of(() => [...words]).read).toHaveLength(6);
    expect(of(() => words.fill(1, 4)).wrote).toEqual(['4/ffffffff=1', '5/ffffffff=1']);
    expect(of(() => words.set([2], 1)).wrote).toEqual(['1/ffffffff=2']);
    expect(of(() => words.copyWithin(0, 4, 5))).toEqual({
      read: ['4/ffffffff=1'],
      wrote: ['0/ffffffff=1'],
    });
  });

  it('takes whatever else is done with it for a read and a write of all', () => {
    const { words, of } = ground();
    words[5] = -1;
    const { read, wrote } = of(() => words.sort());
    expect([read.length, wrote.length, wrote[0]]).toEqual([6, 6, '0/ffffffff=-1']);
  });

  it('copies from another that is watched', () => {
    const { words, bytes, of } = ground();
    words[0] = 6;
    expect(of(() => bytes.set(words.subarray(0, 1), 3))).toEqual({
      read: ['0/ffffffff=6'],
      wrote: ['6/ff000000=100663296'],
    });
  });

  it('refuses what it could not tell of', () => {
    const { words, view } = ground();
    expect(() => words.buffer).toThrow(`cannot tell who uses its 'buffer'`);
    expect(() => words.byteOffset).toThrow(`'byteOffset'`);
    expect(() => view.buffer).toThrow(`'buffer'`);
  });

  it('tells nothing once its footprint is taken', () => {
    const { words, view, footprint, of } = ground();
    of(() => words[0]);
    words[1] = words[2]! + view.getInt32(0, true);
    expect([footprint.sights.length, footprint.written()]).toEqual([1, []]);
  });

  it('tells nothing before its arena is sealed, nor of meters', () => {
    const footprint = new Footprint();
    const home = arena(footprint);
    const words = home.state.i32(1);
    const meters = home.meters.i32(1);
    footprint.open();
    expect(() => words[0]).toThrow('sealed before its footprints');
    meters[0] = 1;
    expect(footprint.written()).toEqual([]);
  });
});
