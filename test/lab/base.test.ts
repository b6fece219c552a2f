import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { assemble } from '../../src/lab/assemble.js';
import { baseOf } from '../../src/lab/base.js';
import { imagesOf } from '../../src/lab/images.js';
import { inodeOf, inodeAt, sizeOf } from '../../src/ext2/tree.js';
import { fitsTogether } from '../../src/scenario/rules.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { seeded } from '../../src/sim/seeded.js';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { ImageFolder, NO_E2FSCK } from '../support/image-folder.js';
import { smallScenario } from '../support/small-scenario.js';

const FILES = 'files={ /a: 5000B, /b: 1B }';

describe('files that are there at boot', () => {
  it('stand on every leg and in memory, each with its size', () => {
    const scenario = smallScenario(FILES);
    const { world, layout } = assemble(scenario, clearWhenIdle);
    world.reset(seeded('1'));
    const image = world.crash();
    for (const disk of [world.memory, ...image.legs]) {
      const sizes = ['/a', '/b'].map((path) =>
        sizeOf(inodeOf(disk, layout, inodeAt(disk, layout, path))),
      );
      expect(sizes).toEqual([5000, 1]);
    }
    expect(world.exposure.exposedNow).toBe(false);
  });

  it('can be used by the first step, and cost no write', () => {
    const scenario = smallScenario(FILES, 'workload={ app: [{ store: [/a, 0B, 512B] }] }');
    const { world } = assemble(scenario, clearWhenIdle);
    world.reset(seeded('1'));
    world.runTo(world.now);
    expect(world.stores).toBe(1);
    expect(world.exposure.windowCount).toBe(0);
  });

  it('are not there where none are asked for', () => {
    expect(baseOf(smallScenario()).files).toEqual([]);
  });
});

describe('disks before a run', () => {
  const count = fc.integer({ min: 1, max: 100 });
  const oneGroup = fc.record({
    blockBytes: fc.constantFrom(1024 as const, 4096 as const),
    blocks: fc.integer({ min: 64, max: 400 }),
    count,
    percent: fc.integer({ min: 1, max: 51 }),
  });
  const twoGroups = fc.record({
    blockBytes: fc.constant(1024 as const),
    blocks: fc.integer({ min: 8193, max: 8900 }),
    count,
    percent: fc.integer({ min: 1, max: 4 }),
  });

  it('can be made for every scenario that is accepted', { timeout: PATIENCE }, () => {
    const small = smallScenario();
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(oneGroup, twoGroups), ({ blockBytes, blocks, count, percent }) => {
        const size = blockBytes * blocks;
        const bytes = Math.ceil((size * percent) / 100 / count);
        const files = Array.from({ length: count }, (_, n) => {
          return { path: `/${'n'.repeat(58)}${n}`, bytes };
        });
        const filesystem = { type: 'ext2' as const, blockBytes, bytes: size };
        const scenario = { ...small, filesystem, files };
        if (!fitsTogether(scenario)) return;
        accepted++;
        expect(baseOf(scenario).files).toHaveLength(count);
      }),
      { numRuns: 30 * CAMPAIGN },
    );
    expect(accepted).toBeGreaterThan(5);
  });
});

const folder = new ImageFolder();
afterAll(() => {
  folder.clear();
});

describe.skipIf(NO_E2FSCK !== undefined)('what e2fsck says of them', () => {
  it('is nothing', () => {
    const { world } = assemble(smallScenario(FILES), clearWhenIdle);
    world.reset(seeded('1'));
    const { legs, record } = world.crash();
    folder.write('boot', imagesOf(legs, record));
    expect(folder.accepts('boot-leg0.img')).toBe(true);
  });
});
