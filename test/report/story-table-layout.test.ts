import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/report/rows.js';
import { storyTable } from '../../src/report/story-table.js';
import { divergenceStory, type Story } from '../../src/report/story.js';
import { plain, telling } from './mail-race.js';

const story = divergenceStory(telling);

describe('what stands where in the table of a story', () => {
  it('draws side by side only what each of them is beside', () => {
    const row = (actor: string, beside: boolean, at = 1): Row => ({
      at,
      actor,
      text: `${actor} acts`,
      kind: 'event',
      ...(beside ? { beside } : {}),
    });
    const crash: Row = { at: 1, actor: 'power', text: 'crash', kind: 'state' };
    const three = [row('app', false), row('leg 0', true), row('log', true)];
    expect(linesOf(three)).toEqual([['app acts', 'leg 0 acts', 'log acts']]);
    // Of the first one's actor, though not of the last one's.
    expect(linesOf([row('app', false), row('leg 0', true), row('app', true)])).toEqual([
      ['app acts', 'leg 0 acts'],
      ['app acts'],
    ]);
    // What is of another instant ends the line for what is beside it.
    expect(linesOf([row('app', false), row('leg 0', false, 2), row('log', true, 2)])).toEqual([
      ['app acts'],
      ['leg 0 acts', 'log acts'],
    ]);
    // Nothing stands beside a bar, and no bar beside anything.
    expect(linesOf([crash, row('log', true)])).toEqual([['==== crash'], ['log acts']]);
    expect(linesOf([row('log', false), { ...crash, beside: true }])).toEqual([
      ['log acts'],
      ['==== crash'],
    ]);
  });

  it('has each text under the head of its actor, from left to right as they stand', () => {
    const actors = ['log', 'leg 1', 'leg 0', 'mirror', 'pdflush', 'ext2', 'app'];
    const rows = actors.map((actor, at): Row => ({ at, actor, text: 'acts', kind: 'event' }));
    const [head = '', ...lines] = drawnAt(100, rows);
    expect(head.trim().split(/ {2,}/)).toEqual([
      ...['step', 'app', 'ext2', 'pdflush', 'mirror', 'leg 0', 'leg 1', 'region log'],
    ]);
    const under = lines.map((line) => line.lastIndexOf('acts'));
    expect(under).toEqual(
      actors.map((actor) => head.indexOf(actor === 'log' ? 'region log' : actor)),
    );
  });

  it.each(Array.from({ length: 107 }, (_, n) => n + 24))(
    'leaves out no row, no name and no word in %i columns',
    (width) => {
      const drawn = storyTable({ ...story, title: undefined, note: undefined }, plain(width));
      const words = drawn.split(/\s+/);
      const actors = new Set(story.rows.map(({ actor }) => actor));
      const told = [
        ...[...actors].filter((actor) => actor !== 'power' && actor !== 'recovery'),
        ...story.rows.map(({ text }) => text.replaceAll('*', '')),
        'recovery',
      ].flatMap((text) => text.trim().split(/\s+/));
      for (const word of new Set(told)) {
        const often = (all: readonly string[]): number =>
          all.filter((each) => each === word).length;
        expect([word, often(words) >= often(told)]).toEqual([word, true]);
      }
    },
  );
});

/** Lines of the body, the head of the columns first. */
function drawnAt(width: number, rows: readonly Row[]): string[] {
  const told: Story = { clock: 'steps', title: undefined, rows, note: undefined };
  return storyTable(told, plain(width)).trimEnd().split('\n');
}

/** What stands in each line behind its step, column by column. */
function linesOf(rows: readonly Row[]): string[][] {
  return drawnAt(100, rows)
    .slice(1)
    .map((line) => line.trim().split(/ {2,}/).slice(1))
    .map((texts) => texts.map((text) => text.replace(/ =+$/, '')));
}
