/** Bugs in strategies and in what they are made of. */
import type { Mutant } from '../mutant.js';

export const IN_THE_FIXES: readonly Mutant[] = [
  {
    name: 'a candidate is not kicked out by a write',
    file: 'strategies/clean-candidate.ts',
    line: "if (state[region] !== CLEAN_CANDIDATE) return 'hold';",
    becomes: "if (state[region] === DIRTY) return 'hold';",
    caughtBy: 'idea 4 clears equal legs',
  },
  {
    name: 'lock-pages does not wait for metadata',
    file: 'machine/memory/store-gate.ts',
    line: 'if (!this.#waits.metadata) return true;',
    becomes: 'if (this.#waits.metadata) return true;',
    caughtBy: 'idea 1 is safe',
  },
  {
    name: 'lock-pages does not wait for pages of files',
    file: 'machine/memory/store-gate.ts',
    line: 'if (!this.#waits.write) return true;',
    becomes: 'if (this.#waits.write) return true;',
    caughtBy: 'idea 1 is safe',
  },
  {
    name: 'bounce-copy copies only what is stored to',
    file: 'machine/mirror/in-flight.ts',
    line: 'if (copiesAll) copies?.copy(request);',
    becomes: 'if (!copiesAll) copies?.copy(request);',
    caughtBy: 'legs hold what they sampled',
  },
  {
    name: 'copy-on-store copies after the first store',
    file: 'machine/memory/memory.ts',
    line: 'if (this.#copies !== undefined) {',
    becomes: 'if (this.#copies !== undefined && sector < 0) {',
    caughtBy: 'private copies are safe',
  },
  {
    name: 'a checksum is always equal',
    file: 'machine/mirror/block-sums.ts',
    line: 'if (this.#submitted[sector] !== memory[sector]) changed = 1;',
    becomes: 'if (this.#submitted[sector] !== memory[sector]) changed = 0;',
    caughtBy: 'sums tell what changed',
  },
  {
    name: 'clear-after-period clears at once',
    file: 'strategies/clear-after-period.ts',
    line: 'return period;',
    becomes: "return 'clear';",
    caughtBy: 'marks stay their time',
  },
  {
    name: 'md clears its bits a run of the daemon too early',
    file: 'strategies/md-bitmap.ts',
    line: 'runsLeft[region] = runs;',
    becomes: 'runsLeft[region] = runs - 1;',
    caughtBy: 'marks stay their time',
  },
];
