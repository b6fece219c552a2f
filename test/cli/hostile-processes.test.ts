import { describe } from 'vitest';
import { heldFor } from '../fuzz/held-for.js';
import { OF_PROGRAM } from '../fuzz/kinds.js';

describe('a hostile command line is refused with a message, or comes to a right result', () => {
  heldFor(OF_PROGRAM);
});
