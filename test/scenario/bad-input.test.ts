import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complaintsAbout, spoilt } from './example.js';

interface Story {
  readonly title: string;
  readonly piece: string;
  readonly by: string;
  readonly complaints: readonly string[];
}

const GOLDEN = readFileSync(new URL('bad-input.golden.txt', import.meta.url), 'utf8');

function storiesIn(golden: string): Story[] {
  return golden
    .split(/^= /m)
    .slice(1)
    .map((text) => {
      const [title = '', ...lines] = text.split('\n');
      const marked = (mark: string): string => {
        const found = lines.filter((line) => line.startsWith(mark));
        return found.map((line) => line.slice(1)).join('\n');
      };
      const complaints = lines.filter((line) => /^[^-+#]/.test(line));
      return { title, piece: marked('-'), by: marked('+'), complaints };
    });
}

describe('bad input', () => {
  it.each(storiesIn(GOLDEN))('$title', ({ piece, by, complaints }) => {
    expect(complaints).not.toEqual([]);
    expect(complaintsAbout(spoilt(piece, by))).toEqual(complaints);
  });
});
