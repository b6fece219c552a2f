import { describe, expect, it } from 'vitest';
import { drawn, keyOf, sampleTable, scoreOf, type Change, type Looks } from './sample.js';

const HUNDRED = Array.from({ length: 100 }, (_, n) => n);

function looks(room: Looks['room'], laws?: Looks['laws']): Looks {
  return { room, laws };
}

describe('a draw', () => {
  it('takes none twice', () => {
    const taken = drawn(HUNDRED, 60, '1');
    expect(new Set(taken).size).toBe(60);
    expect(taken.every((one) => HUNDRED.includes(one))).toBe(true);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(drawn(HUNDRED, 10, '1')).toEqual(drawn(HUNDRED, 10, '1'));
    expect(drawn(HUNDRED, 10, '2')).not.toEqual(drawn(HUNDRED, 10, '1'));
  });

  it('begins a larger one', () => {
    expect(drawn(HUNDRED, 60, '1').slice(0, 10)).toEqual(drawn(HUNDRED, 10, '1'));
  });

  it('of more than there are is all of them', () => {
    expect(drawn(HUNDRED, 200, '1').sort((a, b) => a - b)).toEqual(HUNDRED);
  });

  it('has each as often as the others', () => {
    const times = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const one of drawn(HUNDRED.slice(0, 10), 3, String(seed))) times[one]!++;
    }
    // 600 are expected of each, give or take 20.
    expect(Math.min(...times)).toBeGreaterThan(500);
    expect(Math.max(...times)).toBeLessThan(700);
  });
});

describe('a score', () => {
  it('tells who noticed', () => {
    const all = [
      looks('Killed'),
      looks('Killed'),
      looks('Timeout'),
      looks('Survived', 'Killed'),
      looks('NoCoverage', 'Timeout'),
    ];
    expect(scoreOf(all)).toMatchObject({ byRoom: 2, byLaws: 1, timedOut: 2, survived: 0 });
  });

  it('counts as survived what neither the room nor the laws noticed, or reached', () => {
    const all = [
      looks('Survived', 'Survived'),
      looks('NoCoverage', 'NoCoverage'),
      looks('Survived', 'NoCoverage'),
      looks('Survived', 'Ignored'),
    ];
    expect(scoreOf(all).survived).toBe(4);
  });

  it('says nothing of what cannot be run, or was not yet', () => {
    const all = [looks('Ignored'), looks('RuntimeError'), looks(undefined), looks('Survived')];
    expect(scoreOf(all)).toMatchObject({ leftOut: 2, unmeasured: 2, survived: 0 });
  });

  it('stands in a table with its interval', () => {
    const killed = Array.from({ length: 45 }, () => looks('Killed'));
    const rest = [looks('Survived', 'Killed'), looks('Survived', 'Survived'), looks('Ignored')];
    const table = sampleTable([{ room: 'sim', all: 1492, looks: [...killed, ...rest] }]);
    expect(table.split('\n')[2]).toBe(
      '| sim | 1492 | 48 | 1 | 45 | 1 | 0 | 1 | 97.9 % | 88.9 % to 99.6 % |',
    );
  });

  it('says when not all were measured', () => {
    const table = sampleTable([
      { room: 'sim', all: 9, looks: [looks('Killed'), looks(undefined)] },
    ]);
    expect(table).toContain('| 2 (1 to do) |');
  });
});

describe('a mutant', () => {
  it('has a name of its own for each place and each change', () => {
    const [start, end] = [
      { line: 3, column: 7 },
      { line: 5, column: 2 },
    ];
    const one: Change = {
      fileName: 'src/sim/time.ts',
      location: { start, end },
      mutatorName: 'ConditionalExpression',
      replacement: 'true',
    };
    const others: Change[] = [
      { ...one, fileName: 'src/sim/door.ts' },
      { ...one, location: { start: { ...start, line: 4 }, end } },
      { ...one, location: { start: { ...start, column: 8 }, end } },
      { ...one, location: { start, end: { ...end, line: 6 } } },
      { ...one, location: { start, end: { ...end, column: 3 } } },
      { ...one, mutatorName: 'BooleanLiteral' },
      { ...one, replacement: 'false' },
    ];
    expect(new Set([one, ...others].map(keyOf)).size).toBe(8);
  });
});
