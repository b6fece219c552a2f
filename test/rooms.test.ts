import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { broken, ROOMS } from './support/room-rules.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function sources(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
}

describe('the rooms of src', () => {
  it('are those of the table', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect([...ROOMS].sort()).toEqual(folders.sort());
  });

  it.each(ROOMS)('%s imports up the table only, and is as pure as it says', (room) => {
    const complaints = sources()
      .filter((path) => path.startsWith(join('src', room)))
      .flatMap((path) =>
        broken(path, readFileSync(join(root, path), 'utf8')).map((what) => `${path}:${what}`),
      );
    expect(complaints).toEqual([]);
  });
});

describe('the check of the rooms', () => {
  const planted: readonly (readonly [string, string, string])[] = [
    ['sim', `import { x } from '../media/geometry.js';`, 'sim may not import from media'],
    [
      'aftermath',
      `import type { W } from '../machine/world.js';`,
      'aftermath may not import from machine',
    ],
    [
      'aftermath',
      `const w = import('../machine/world.js');`,
      'aftermath may not import from machine',
    ],
    ['media', `export { x } from '../lab/outcome.js';`, 'media may not import from lab'],
    [
      'report',
      `import { OUTCOMES } from '../scenario/scenario.js';`,
      'report may import only types from scenario',
    ],
    [
      'report',
      `import { type A, b } from '../lab/outcome.js';`,
      'report may import only types from lab',
    ],
    ['lab', `import { main } from '../cli/main.js';`, 'lab may not import from cli'],
    ['machine', `import { z } from 'zod';`, 'machine may not import the package zod'],
    ['lab', `import { readFileSync } from 'node:fs';`, 'lab may not import the package node:fs'],
    ['ext2', `import * as all from '../index.js';`, 'ext2 may not import src/index.js'],
    ['machine', `const at = Date.now();`, 'Date belongs to cli'],
    ['scenario', `const at = new Date();`, 'Date belongs to cli'],
    ['report', `const wide = process.stdout.columns;`, 'process belongs to cli'],
    ['sim', `setTimeout(() => {}, 1);`, 'setTimeout belongs to cli'],
    ['strategies', `const p = Promise.resolve(1);`, 'Promise belongs to cli'],
    ['aftermath', `async function f() {}`, 'nothing waits below cli'],
    ['media', `const f = async () => 1;`, 'nothing waits below cli'],
    ['media', `const r = Math.random();`, 'Math.random is not ours to ask'],
    ['lab', `const r = Math.random();`, 'Math.random is not ours to ask'],
    ['media', `const r = Math.log(2);`, 'Math.log is not exact everywhere'],
    ['attic', ``, 'src/attic is not a room of build/rooms.json'],
  ];

  it.each(planted)('notices in %s: %s', (room, source, complaint) => {
    const [first] = broken(`src/${room}/planted.ts`, source);
    expect(first?.replace(/^\d+: /, '')).toBe(complaint);
  });

  it('looks from where a file stands', () => {
    const nested = 'src/ext2/fsck/planted.ts';
    expect(broken(nested, `import { a } from '../layout.js';`)).toEqual([]);
    expect(broken(nested, `import { a } from '../../media/sectors.js';`)).toEqual([]);
    expect(broken(nested, `import { a } from '../../machine/world.js';`)).toEqual([
      '1: ext2 may not import from machine',
    ]);
    expect(broken(nested, `import { a } from '../../../test/rooms.js';`)).toEqual([
      '1: ext2 may not import test/rooms.js',
    ]);
  });

  it('says in which line', () => {
    expect(broken('src/sim/planted.ts', '\n\nconst now = performance.now();\n')).toEqual([
      '3: performance belongs to cli',
    ]);
  });

  const innocent: readonly (readonly [string, string])[] = [
    ['machine', `import { SECTOR_BYTES } from '../media/geometry.js';`],
    ['report', `import type { Outcome } from '../lab/outcome.js';`],
    ['report', `import { type Outcome, type Verdict } from '../lab/outcome.js';`],
    ['sim', `import alea from 'seedrandom/lib/alea.js';`],
    ['sim', `import { START } from './time.js';`],
    ['cli', `import { readFile } from 'node:fs/promises'; const now = Date.now();`],
    ['machine', `interface Task { process: number } const t = { process: 1 }; t.process++;`],
    ['media', `const half = Math.floor(Math.sqrt(2)); // not Date.now() nor Math.random()`],
    ['lab', `const text = 'Math.random() and process.exit()';`],
  ];

  it.each(innocent)('has nothing against %s: %s', (room, source) => {
    expect(broken(`src/${room}/planted.ts`, source)).toEqual([]);
  });
});
