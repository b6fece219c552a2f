import { describe, expect, it } from 'vitest';
import { check } from '../../../src/ext2/fsck/check.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { SYNCS, UNLINKS, disorderAfterDeletion } from '../../laws/deletions.js';
import { scenarioOf, type Program } from '../programs.js';

/** A file with an indirect block is unlinked while another thread calls sync. */
const PROGRAM: Program = [
  [
    { do: 'create', file: 0 },
    { do: 'create', file: 9 },
    { do: 'append', file: 0, bytes: 49_152 },
    { do: 'unlink', file: 0 },
  ],
  [{ do: 'create', file: 1 }, { do: 'create', file: 9 }, { do: 'sync' }],
];

it('waits for an indirect block that came under write while its file is taken apart', () => {
  const scenario = scenarioOf(PROGRAM, '1KiB', 'ample memory');
  const { world } = laboratory(scenario, clearWhenIdle);
  for (let seed = 0; seed < 20; seed++) {
    world.reset(seeded(`${seed}`));
    world.runTo(instantOf(scenario.duration - 1));
    expect(check(world.crash().legs[0]!).verdict).toBe('clean');
  }
});

describe('an inode that is being deleted has no other user', () => {
  it('as sync() passes over it', () => {
    expect(disorderAfterDeletion(SYNCS, '1', 60)).toEqual([]);
  });

  it('as another unlink, before it has the directory, has found nothing', () => {
    expect(disorderAfterDeletion(UNLINKS, '1', 60)).toEqual([]);
  });
});
