import { describe, expect, it } from 'vitest';
import { VERDICTS } from '../../src/lab/outcome.js';
import { exitCodeOf, gravest, passed } from '../../src/report/verdict.js';

describe('a verdict', () => {
  it('has one exit code, whatever the output looks like', () => {
    expect(VERDICTS.map((verdict) => [verdict, exitCodeOf(verdict)])).toEqual([
      ['PASS-COMPLETE', 0],
      ['PASS-BOUNDED', 0],
      ['FAIL', 1],
      ['VOID', 4],
      ['NONDETERMINISTIC', 3],
      ['ERROR', 2],
    ]);
  });

  it('passes only as one of the two kinds of pass', () => {
    expect(VERDICTS.filter(passed)).toEqual(['PASS-COMPLETE', 'PASS-BOUNDED']);
  });

  it('of several is the gravest: our bug, then an error, then a failure, then void', () => {
    expect(gravest(['PASS-COMPLETE', 'PASS-BOUNDED'])).toBe('PASS-BOUNDED');
    expect(gravest(['PASS-BOUNDED', 'VOID'])).toBe('VOID');
    expect(gravest(['VOID', 'FAIL', 'PASS-BOUNDED'])).toBe('FAIL');
    expect(gravest(['FAIL', 'ERROR', 'VOID'])).toBe('ERROR');
    expect(gravest(['ERROR', 'NONDETERMINISTIC', 'FAIL'])).toBe('NONDETERMINISTIC');
  });

  it('of none is void: nothing was proved', () => {
    expect(gravest([])).toBe('VOID');
  });
});
