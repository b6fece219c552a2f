/** The real tools as oracles, over images written to a temporary folder. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { DenseSectors, type Sectors } from '../../src/media/sectors.js';
import { SectorPool, ZERO_SECTOR } from '../../src/media/sector-pool.js';

/** What is missing here, or undefined; a suite that needs it says so in its name. */
export function missing(...tools: readonly string[]): string | undefined {
  return tools.find((tool) => spawnSync(tool, ['-V']).error !== undefined);
}

/** A file of which every pointer is illegal is a line each. */
const LONGEST_TEXT = 1 << 28;

export interface Answer {
  readonly code: number;
  readonly text: string;
}

export class Workbench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'desync-ext2-'));

  path(name: string): string {
    return join(this.#folder, name);
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true });
  }

  run(tool: string, ...args: readonly string[]): Answer {
    const { status, stdout, stderr } = spawnSync(tool, args, {
      encoding: 'utf8',
      maxBuffer: LONGEST_TEXT,
    });
    return { code: status ?? -1, text: stdout + stderr };
  }

  /** Writes the sectors as a sparse raw image and returns its path. */
  write(disk: Sectors, name = 'disk.img'): string {
    const path = this.path(name);
    const file = openSync(path, 'w');
    ftruncateSync(file, disk.count * 512);
    for (let sector = 0; sector < disk.count; sector++) {
      const value = disk.get(sector);
      if (value !== ZERO_SECTOR) writeSync(file, disk.pool.view(value), 0, 512, sector * 512);
    }
    closeSync(file);
    return path;
  }

  read(name: string): DenseSectors {
    const bytes = readFileSync(this.path(name));
    const disk = new DenseSectors(new SectorPool(), bytes.length / 512);
    for (let i = 0; i < disk.count; i++) disk.set(i, disk.pool.intern(bytes, i * 512));
    return disk;
  }

  /** `e2fsck -fn` on the sectors. */
  check(disk: Sectors): Answer {
    return this.run('e2fsck', '-fn', this.write(disk));
  }
}

/** One for the tests of a file, cleared behind the last of them. */
export function workbench(): Workbench {
  const bench = new Workbench();
  afterAll(() => {
    bench.clear();
  });
  return bench;
}
