import { describe, it } from 'vitest';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { KINDS } from './kinds.js';

/** Of each hundred thousand that `npm run fuzz` tries. */
const TRIED = 0.015;

describe('hostile input is refused with a message, or comes to a right result', () => {
  it.each(KINDS.map(([kind, share]) => [kind.name, kind, share] as const))(
    '%s',
    async (_, kind, share) => {
      await kind.open().check(Math.round(share * TRIED * CAMPAIGN));
    },
    PATIENCE,
  );
});
