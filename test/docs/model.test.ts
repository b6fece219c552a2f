/**
 * docs/model.md speaks of every file that models something, and each section says what it leaves
 * out.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, documentAt, spans } from '../support/documents.js';

const MODEL = documentAt('docs/model.md');
const ROOMS = ['machine', 'media', 'aftermath'];
const NAMED = spans(MODEL).map((span) => span.replace(/^.*\//, ''));
const [, ...SECTIONS] = MODEL.text.split(/^## /m);

describe('docs/model.md', () => {
  it.each(ROOMS)('names every file of src/%s', (room) => {
    const files = readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => basename(name));
    expect(files.filter((name) => !NAMED.includes(name))).toEqual([]);
  });

  it.each(SECTIONS)('says once what is not modelled: %s', (section) => {
    expect(section.match(/^\*\*Not modelled:\*\*/gm)).toHaveLength(1);
  });

  it('calls what is left out by no other name', () => {
    expect(MODEL.text.match(/left out|leaves out/gi) ?? []).toEqual([]);
  });
});
