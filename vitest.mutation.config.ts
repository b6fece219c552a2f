/** The tests of one of the four rooms, for a mutation run over what is in it. */
import { defineConfig } from 'vitest/config';

const room = process.env['DESYNC_ROOM'] ?? '{sim,media,aftermath,ext2}';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    setupFiles: ['test/support/fixed-chance.ts'],
    include: [`test/${room}/**/*.test.ts`],
  },
});
