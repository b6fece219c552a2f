import { describe, expect, it } from 'vitest';
import { inJobLog } from '../../src/report/job-log.js';

describe('in the log of a job on GitHub', () => {
  it.each([
    ['::error::x', '\\u003a:error::x'],
    ['a\n  \t::set-env name=x::y\n', 'a\n  \t\\u003a:set-env name=x::y\n'],
    ['\n\n\u2003::::x', '\n\n\u2003\\u003a:::x'],
    ['a ##[error]x ##[group]', 'a #\\u0023[error]x #\\u0023[group]'],
    ['###[error]', '##\\u0023[error]'],
    ['a ::b\n: :c # ##', 'a ::b\n: :c # ##'],
  ])('%j is no command', (text, shown) => {
    expect(inJobLog(text)).toBe(shown);
  });

  it('JSON is what it was', () => {
    const value = { ['##[a]']: ['::b', '\\##[error]c', '\n::d'] };
    const text = JSON.stringify(value, undefined, 2);
    expect(inJobLog(text)).not.toContain('##[');
    expect(JSON.parse(inJobLog(text))).toEqual(value);
  });
});
