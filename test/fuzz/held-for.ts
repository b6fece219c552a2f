/** A test of each kind, which tries a few of what `npm run fuzz` tries. */
import { it } from 'vitest';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import type { Shared } from './kinds.js';

/** Of each hundred thousand. */
const TRIED = 0.015;

export function heldFor(kinds: readonly Shared[]): void {
  it.each(kinds.map(([kind, share]) => [kind.name, kind, share] as const))(
    '%s',
    async (_, kind, share) => {
      await kind.open().check(Math.round(share * TRIED * CAMPAIGN));
    },
    PATIENCE,
  );
}
