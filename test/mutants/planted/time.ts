/** Bugs in time, chance and the search over all that can happen. */
import type { Mutant } from '../mutant.js';

export const IN_TIME: readonly Mutant[] = [
  {
    name: 'in free timing a leg never lands',
    file: 'media/leg.ts',
    line: 'this.#times[NEXT_LANDING] = this.#agenda.now + 1;',
    becomes: '',
    caughtBy: 'explorer',
  },
  {
    name: 'free timing keeps to the times',
    file: 'sim/agenda.ts',
    line: "this.#pace = timing === 'free' ? 0 : 1;",
    becomes: "this.#pace = timing === 'free' ? 1 : 1;",
    caughtBy: 'explorer',
  },
  {
    name: 'a store at the instant of a sample always comes after it',
    file: 'sim/agenda.ts',
    line: 'if (at === now) return door.choose(2, what) === 1;',
    becomes: 'if (at === now) return true;',
    caughtBy: 'ties go both ways',
  },
  {
    name: 'of what is due together the last is never first',
    file: 'sim/agenda.ts',
    line: "let skip = this.#door.choose(several, 'next');",
    becomes: "let skip = Math.min(this.#door.choose(several, 'next'), 0);",
    caughtBy: 'explorer',
  },
  {
    name: 'a reset leaves behind the last sector that was touched',
    file: 'sim/touched-map.ts',
    line: 'for (let n = 0; n < this.#count; n++) {',
    becomes: 'for (let n = 0; n < this.#count - 1; n++) {',
    caughtBy: 'a reset world is new',
  },
];
