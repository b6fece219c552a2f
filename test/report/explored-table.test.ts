import { describe, expect, it } from 'vitest';
import { exploredTableText } from '../../src/report/explored-table.js';
import { searchesOf, type Seeds } from '../fuzz/kinds/hostile-results.js';
import { plain } from './mail-race.js';

const IDLE: Seeds = {
  scenario: 'one-page',
  strategy: 'clear-when-idle',
  file: 'x.yaml',
  verdict: 'PASS-COMPLETE',
  reasons: [],
  detail: 'A story.',
  made: 2,
  left: 0,
};
const SEARCHES = [IDLE, { ...IDLE, strategy: 'mark-until-unmount', made: 0 }];

function linesAt(width: number): string[] {
  const { found, repeat } = searchesOf(SEARCHES);
  if (found.kind !== 'explore') throw new Error('no search');
  return exploredTableText(found.cards, found.safety, repeat, plain(width)).split('\n');
}

describe('searches side by side', () => {
  it.each([40, 44, 60, 80])('fit a terminal of %i columns, but for the command', (width) => {
    const lines = linesAt(width).filter((line) => !line.startsWith('repeat: '));
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  it('say where it is narrow how long the shortest way to a divergence is, and not the states', () => {
    const heads = [40, 80].map((width) =>
      linesAt(width)
        .find((line) => line.startsWith('strategy'))
        ?.split(/ {2,}/),
    );
    const [narrow, broad] = heads;
    expect(narrow).toEqual(['strategy', 'timing', 'verdict', 'shortest']);
    expect(broad).toEqual([
      'strategy',
      'timing',
      'verdict',
      'states',
      'divergent',
      'shortest',
      'remark',
    ]);
  });
});
