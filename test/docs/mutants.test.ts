/** What the README says of planted bugs and of Stryker's mutants is what docs/mutants.md says. */
import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/lab/statistics.js';
import { documentAt, section, tableRows } from '../support/documents.js';
import { MUTANTS } from '../mutants/planted.js';

const DOCUMENT = documentAt('docs/mutants.md');
const README = section(documentAt('README.md'), 'Would it have noticed\\?');
const TOLD = README.text.replaceAll(/\s+/g, ' ');
const SCORES = tableRows(section(DOCUMENT, 'Stryker'));
const ROOMS = ['sim', 'media', 'ext2', 'aftermath'];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

describe('the README on planted bugs', () => {
  it('counts them', () => {
    expect(/(\d+) bugs of one line/.exec(TOLD)?.[1]).toBe(String(MUTANTS.length));
  });

  it('counts those that nobody noticed', () => {
    const unnoticed = section(DOCUMENT, 'Planted and not noticed').text.match(/^- /gm) ?? [];
    expect(/which (\d+) they did not/.exec(TOLD)?.[1]).toBe(String(unnoticed.length));
  });
});

describe('the table of planted bugs', () => {
  it('has a row for each, and no other', () => {
    const rows = tableRows(section(DOCUMENT, 'Would it have noticed\\?'));
    const planted = rows.filter((row) => row.length === 4).map(([what]) => what);
    expect(planted).toEqual(MUTANTS.map(({ name }) => name));
  });
});

describe("Stryker's score", () => {
  it('stands there for each room', () => {
    expect(SCORES.map(([room]) => room)).toEqual(ROOMS);
  });

  it.each(SCORES)('is what was counted: %s', (room, all, drawn, ...rest) => {
    const [leftOut = 0, killed = 0, byLaws = 0, timedOut = 0, survived = 0] = rest.map(Number);
    const noticed = killed + byLaws + timedOut;
    expect(leftOut + noticed + survived).toBe(Number(drawn));
    expect(Number(all)).toBeGreaterThan(Number(drawn));
    const { low, high } = wilson(noticed, noticed + survived);
    const score = percent(noticed / (noticed + survived));
    expect([room, ...rest.slice(5)]).toEqual([room, score, `${percent(low)} to ${percent(high)}`]);
  });

  it('is the same in the README', () => {
    const told = [...TOLD.matchAll(/(\d+\.\d %) of `(\w+)`/g)].map(([, score, room]) => [
      room,
      score,
    ]);
    expect(told).toEqual(SCORES.map((row) => [row[0], row[8]]));
  });
});
