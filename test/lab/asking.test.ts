import { beforeEach, describe, expect, it } from 'vitest';
import { Asking, LOOKS, Patience } from '../../src/lab/asking.js';

describe('the patience with a hook', () => {
  let asking: Asking;
  let patience: Patience;
  beforeEach(() => {
    asking = new Asking();
    patience = new Patience(asking);
  });
  const looks = (many: number): boolean[] => Array.from({ length: many }, () => patience.look());

  it('ends once for a question, after ten looks at it', () => {
    asking.begins('drained');
    const seen = looks(5 * LOOKS);
    expect(seen.indexOf(true)).toBe(LOOKS);
    // Whoever breaks into it by a signal must not send another to what comes after it.
    expect(seen.lastIndexOf(true)).toBe(LOOKS);
  });

  it('begins anew with each question, and waits for no answer that has come', () => {
    for (let n = 0; n < 5; n++) {
      asking.begins('written');
      expect(looks(LOOKS)).not.toContain(true);
      asking.ends();
      expect(looks(5 * LOOKS)).not.toContain(true);
    }
    asking.begins('written');
    expect(looks(LOOKS + 1).at(-1)).toBe(true);
    asking.ends();
    asking.begins('written');
    expect(looks(LOOKS + 1).at(-1)).toBe(true);
  });
});
