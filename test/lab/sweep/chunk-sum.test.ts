import { describe, expect, it } from 'vitest';
import { clean } from '../../report/mail-race.js';
import { summed } from '../../support/summed.js';

describe('the sum of a chunk', () => {
  it('counts runs that came to the same, and adds their shares of time up', () => {
    const exposed = (fraction: number) =>
      ({ ...clean, outcome: 'exposed', exposure: { ...clean.exposure, fraction } }) as const;
    const { kinds } = summed([exposed(0.25), clean, exposed(0.5)]);
    expect(kinds).toEqual([
      { verdict: clean.verdict, outcome: 'exposed', first: 0, runs: 2, exposure: 0.75 },
      { verdict: clean.verdict, outcome: 'clean', first: 1, runs: 1, exposure: 0 },
    ]);
  });
});
