import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptIn, sumOfCode } from './kept.js';
import type { Piece } from './piece.js';

const PIECES: readonly Piece[] = [0, 250].map((from) => ({
  ...{ kind: 'disk images', seed: 1, from, end: from + 250, refused: 100, right: 150 },
  ...{ faults: [], seconds: 1.5, peakMiB: 120 },
}));

/** In a folder that is gone afterwards. */
function inFolder(story: (folder: string, file: string) => void): () => void {
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'desync-kept-'));
    try {
      story(folder, join(folder, 'kept.jsonl'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

describe('what a campaign kept', () => {
  it(
    'is there when it is gone on with',
    inFolder((_, file) => {
      const first = keptIn(file, 'code');
      expect(first.pieces).toEqual([]);
      for (const piece of PIECES) first.add(piece);
      expect(keptIn(file, 'code').pieces).toEqual(PIECES);
    }),
  );

  it(
    'is worth nothing for other code',
    inFolder((_, file) => {
      keptIn(file, 'code');
      expect(() => keptIn(file, 'other code')).toThrow(/is of other code/);
    }),
  );

  it(
    'ends before the line that was being written, and goes on behind it',
    inFolder((_, file) => {
      keptIn(file, 'code').add(PIECES[0]!);
      appendFileSync(file, '{"kind":"disk im');
      const again = keptIn(file, 'code');
      expect(again.pieces).toEqual(PIECES.slice(0, 1));
      again.add(PIECES[1]!);
      expect(keptIn(file, 'code').pieces).toEqual(PIECES);
    }),
  );

  it(
    'is of other code when one byte of a script is another, or a script more',
    inFolder((folder) => {
      const sumWith = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text);
        return sumOfCode(folder);
      };
      const sum = sumWith('x.js', '1');
      expect(sumWith('x.js', '2')).not.toBe(sum);
      expect(sumWith('x.js', '1')).toBe(sum);
      expect(sumWith('kept.jsonl', 'no script')).toBe(sum);
      expect(sumWith('y.js', '')).not.toBe(sum);
    }),
  );
});
