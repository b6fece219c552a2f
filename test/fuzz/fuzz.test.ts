import { describe } from 'vitest';
import { OF_SOURCES } from './kinds.js';
import { heldFor } from './held-for.js';

describe('hostile input is refused with a message, or comes to a right result', () => {
  heldFor(OF_SOURCES);
});
