import { describe, expect, it } from 'vitest';
import { table, type Column } from '../../src/report/table.js';
import { plain, tagged } from './mail-race.js';

const COLUMNS: readonly Column[] = [
  { head: 'strategy', align: 'left' },
  { head: 'runs', align: 'right' },
];
const same = (text: string): string => text;

describe('a cell that is too long', () => {
  it('goes on in the next line, after a dash where there is one', () => {
    expect(table(COLUMNS, [['clear-when-idle', '7']], [same], plain(20)).split('\n')).toEqual([
      'strategy        runs',
      '--------------  ----',
      'clear-when-        7',
      'idle',
    ]);
  });

  it('is painted line by line', () => {
    const text = table(COLUMNS, [['md-bitmap', '7']], [(line) => `<${line}>`], tagged(14));
    const lines = text.split('\n').slice(2);
    expect(lines.map((line) => line.split(/ +/))).toEqual([['<md->', '<7>'], ['<bitmap>']]);
  });

  it('cuts no letter that is a pair into halves', () => {
    const text = table(COLUMNS, [[`1234567${'🙂'.repeat(2)}`, '']], [same], plain(14));
    expect(text.split('\n').slice(2)).toEqual(['1234567', '🙂🙂']);
  });

  it('loses nothing of letters that are two columns wide', () => {
    const text = table(COLUMNS, [[`${'家'.repeat(9)}𩵹`, '7']], [same], plain(14));
    const lines = text.split('\n').slice(2);
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual(['家'.repeat(8), '家𩵹']);
  });
});
