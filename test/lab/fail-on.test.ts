import { describe, expect, it } from 'vitest';
import { breaches, MEASURE_NAMES, parseFailOn, type FailOn } from '../../src/lab/fail-on.js';
import { harmed } from '../report/mail-race.js';
import { rowOf } from '../support/results.js';

const { row } = rowOf(harmed, 4);
const said = (text: string): string[] => {
  const read = parseFailOn(text);
  if ('problem' in read) throw new Error(read.problem);
  if (row === undefined) throw new Error('no run was made');
  return breaches(row, [read]);
};

describe('a condition', () => {
  it('is met or not by what the runs add up to', () => {
    expect(said('exposure>0')).toEqual(["--fail-on 'exposure>0': exposure is 25.1 %"]);
    expect(said('exposure > 30%')).toEqual([]);
    expect(said('exposure>0.25')).toHaveLength(1);
    expect(said('harmed>=4')).toEqual(["--fail-on 'harmed>=4': harmed is 4"]);
    expect(said('harmed>4')).toEqual([]);
    expect(said('harmed==100%')).toEqual(["--fail-on 'harmed==100%': harmed is 100 %"]);
    expect(said('diverged<5')).toHaveLength(1);
    expect(said('void!=0')).toEqual([]);
    expect(said('recordWrites<=62')).toHaveLength(1);
    expect(said('waits>0')).toEqual([]);
  });

  it.each(MEASURE_NAMES)('can be about %s', (name) => {
    expect(said(`${name}>=0`)).toHaveLength(1);
    expect(said(`${name}<0`)).toEqual([]);
  });

  it('says nothing where no run came to its end', () => {
    const stopped = rowOf({ ...harmed, verdict: 'ERROR', reasons: ['too many events'] }).row;
    const read = parseFailOn('exposure>=0') as FailOn;
    expect(stopped && breaches(stopped, [read])).toEqual([]);
  });

  it.each([
    ['exposed>0', 1],
    ['', 1],
    ['exposure', 9],
    ['exposure=0', 9],
    ['exposure >', 11],
    ['exposure>-1', 10],
    ['exposure > 1e3', 12],
    ['exposure>101%', 10],
    ['exposure>2', 10],
    ['waits>5%', 8],
    ['harmed>1%x', 8],
    ['__proto__>0', 1],
  ])('that is %j is refused with its column', (text, column) => {
    expect(parseFailOn(text)).toMatchObject({ column });
  });
});
