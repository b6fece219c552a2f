/** The tests that a mutation run relates to what it changed: those of the four rooms themselves. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    setupFiles: ['test/support/fixed-chance.ts'],
    include: ['test/{sim,media,aftermath,ext2}/**/*.test.ts'],
  },
});
