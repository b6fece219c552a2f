/**
 * Who is asked about a mutant: the tests of its room, or, where DESYNC_LOOK says so, the first
 * trial of each law, of the sweep and of the explorer.
 *
 * A test that is slow on a busy machine notices nothing, so Stryker alone ends what does not end.
 * Files share a worker: the model keeps nothing in its modules, and to make a worker costs more
 * than most tests. Random file systems beside e2fsck cost more than all other tests of ext2, and
 * are left out.
 */
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import type { TestSequencer, TestSpecification } from 'vitest/node';

const room = process.env['DESYNC_ROOM'] ?? '{sim,media,aftermath,ext2}';
const isForLaws = process.env['DESYNC_LOOK'] === 'laws';

/** The first that fails ends it: those that ask fast-check or another program come last. */
class QuickFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    const isSlow = ({ moduleId }: TestSpecification): boolean =>
      /fast-check|e2fs|real-drivers/.test(readFileSync(moduleId, 'utf8'));
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)];
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

export default defineConfig({
  test: {
    testTimeout: 600_000,
    isolate: false,
    sequence: { sequencer: QuickFirst },
    setupFiles: ['test/support/fixed-chance.ts'],
    exclude: ['test/ext2/fsck-random.test.ts'],
    include: [isForLaws ? 'test/mutants/checks.test.ts' : `test/${room}/**/*.test.ts`],
  },
});
