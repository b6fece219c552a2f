import { describe, expect, it } from 'vitest';
import { HARM_KINDS } from '../../src/aftermath/steps.js';
import type { Harm } from '../../src/lab/outcome.js';
import { harmSentences } from '../../src/report/harm-text.js';

describe('harm in sentences', () => {
  it('has words for every kind', () => {
    const one = { block: 1234, files: ['/a'], text: '', byApplication: false };
    expect(HARM_KINDS.flatMap((kind) => harmSentences([{ kind, ...one }]))).toEqual([
      'Block 1234 belongs to /a at once: each overwrites the other.',
      'Block 1234 is marked as used and belongs to no file: its space is lost.',
      '/a reads back other bytes than were written and synced.',
      '/a reads one way from one leg, another way from another.',
      '/a was written and synced, and is gone.',
    ]);
  });

  it('speaks of several files in the plural, and adds what the judge saw', () => {
    const two = {
      block: undefined,
      files: ['/a', '/b'],
      text: 'from byte 1024',
      byApplication: false,
    };
    expect(HARM_KINDS.flatMap((kind) => harmSentences([{ kind, ...two }]))).toEqual([
      'A block belongs to /a and /b at once: each overwrites the other (from byte 1024).',
      'A block is marked as used and belongs to no file: its space is lost (from byte 1024).',
      '/a and /b read back other bytes than were written and synced (from byte 1024).',
      '/a and /b read one way from one leg, another way from another (from byte 1024).',
      '/a and /b were written and synced, and are gone (from byte 1024).',
    ]);
  });

  it('takes blocks that suffer the same together', () => {
    const twice = (block: number): Harm => ({
      kind: 'block-used-twice',
      block,
      files: ['/a', '/b'],
      text: '',
      byApplication: false,
    });
    expect(harmSentences([1201, 1202, 1203, 1300].map(twice))).toEqual([
      'Blocks 1201 to 1203 and 1300 belong to /a and /b at once: each overwrites the other.',
    ]);
    const lost = (block: number): Harm => ({
      kind: 'block-lost',
      block,
      files: [],
      text: '',
      byApplication: false,
    });
    expect(harmSentences([10, 20, 30, 40, 50, 51].map(lost))).toEqual([
      '6 blocks (10, 20, 30, 40, 2 more) are marked as used and belong to no file: ' +
        'their space is lost.',
    ]);
  });
});
