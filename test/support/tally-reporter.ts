/** Ends a test run with the plain line `N passed, N failed`, which some CI systems look for. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export class TallyReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): void {
    process.stdout.write(`${tally(modules, unhandled.length, reason)}\n`);
  }
}

function tally(
  modules: readonly TestModule[],
  unhandled: number,
  reason: 'passed' | 'failed' | 'interrupted',
): string {
  let passed = 0;
  let skipped = 0;
  let failed = unhandled;
  for (const module of modules) {
    let failedInside = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'failed') failedInside++;
      else skipped++;
    }
    // A file that could not be loaded has no tests, and is a failure all the same.
    if (failedInside === 0 && module.state() === 'failed') failedInside = 1;
    failed += failedInside;
  }
  if (failed === 0 && reason === 'failed') failed = 1;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
