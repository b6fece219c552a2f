import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { desyncCommand, quotedWord } from '../../src/cli/shell.js';
import { inShell } from './program.js';

describe('a command to repeat', () => {
  it('is as plain as it can be', () => {
    expect(desyncCommand(['run', 'scenarios/ext2-bitmap.yaml', '--set', 'duration=5s'])).toBe(
      'npx desync run scenarios/ext2-bitmap.yaml --set duration=5s',
    );
  });

  it('quotes what a shell would take apart', () => {
    expect(["it's", '', 'a b', '$x', 'legs[0]=1', '~'].map(quotedWord)).toEqual([
      ...["'it'\\''s'", "''", "'a b'", "'$x'", "'legs[0]=1'", "'~'"],
    ]);
  });

  it('never shows what a terminal would obey', () => {
    expect(quotedWord('\u001b[2J')).toBe("$'\\x1b[2J'");
  });

  it('means to a shell what was meant, whatever it was', () => {
    const special = Array.from('\'"\\$`!*?[]{}()<>|&;#~ \n\t\u001b\u202e');
    const unit = fc.oneof(fc.constantFrom(...special), fc.string({ unit: 'grapheme' }));
    const word = fc
      .array(unit, { maxLength: 8 })
      .map((units) => units.join('').replaceAll('\0', ''));
    const words = fc.sample(word, { numRuns: 300, seed: 2008 });
    const { out } = inShell(`printf '%s\\0' ${words.map(quotedWord).join(' ')}`);
    expect(out.split('\0').slice(0, -1)).toEqual(words);
  });
});
