import { defineConfig } from 'vitest/config';
import { TallyReporter } from './test/support/tally-reporter.js';

export default defineConfig({
  test: {
    reporters: ['default', new TallyReporter()],
    testTimeout: 20_000,
    // Without it one core stays idle.
    maxWorkers: '100%',
    setupFiles: ['test/support/fixed-chance.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'model',
          include: ['test/**/*.test.ts'],
          exclude: ['test/cli/**'],
        },
      },
      {
        extends: true,
        // These spawn the program as it is shipped, so they need dist/; others need not wait for
        // it.
        test: {
          name: 'program',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: ['test/support/build-program.ts'],
        },
      },
    ],
  },
});
