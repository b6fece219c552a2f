/**
 * Who is asked about a mutant: the tests of its room, or, where DESYNC_LOOK says so, the first
 * trial of each law, of the sweep and of the explorer.
 *
 * A test that is slow on a busy machine notices nothing, so Stryker alone ends what does not end.
 */
import { defineConfig } from 'vitest/config';

const room = process.env['DESYNC_ROOM'] ?? '{sim,media,aftermath,ext2}';
const isForLaws = process.env['DESYNC_LOOK'] === 'laws';

export default defineConfig({
  test: {
    testTimeout: 600_000,
    setupFiles: ['test/support/fixed-chance.ts'],
    include: [isForLaws ? 'test/mutants/checks.test.ts' : `test/${room}/**/*.test.ts`],
  },
});
