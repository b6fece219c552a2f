/** Random programs of several applications, and what their files must hold in the end. */
import fc from 'fast-check';
import type { Scenario } from '../../src/scenario/scenario.js';
import { drive, smallScenario } from '../support/small-scenario.js';

export type Deed =
  | { readonly do: 'create' | 'unlink' | 'fsync'; readonly file: number }
  | { readonly do: 'append'; readonly file: number; readonly bytes: number }
  | {
      readonly do: 'overwrite' | 'store';
      readonly file: number;
      readonly at: number;
      readonly bytes: number;
    }
  | { readonly do: 'sync' }
  | { readonly do: 'sleep'; readonly ms: number };

/** By application; each has a file of its own, and all share one. */
export type Program = readonly (readonly Deed[])[];

const SHARED = 9;

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 9_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(512, 1024, 4096, 12 * 1024, 49_152) },
  { weight: 1, arbitrary: fc.integer({ min: 200_000, max: 400_000 }) },
);

const deedsOf = (own: number): fc.Arbitrary<Deed[]> => {
  const file = fc.constantFrom(own, own, SHARED);
  return fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('append' as const), file, bytes: size }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constantFrom('overwrite' as const, 'store' as const),
          file: fc.constant(own),
          at: fc.nat(20_000),
          bytes: size,
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constantFrom('unlink' as const, 'create' as const),
          file: fc.constant(own),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('fsync' as const), file }) },
      { weight: 1, arbitrary: fc.constant({ do: 'sync' as const }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.nat(9_000) }) },
    ),
    { maxLength: 14 },
  );
};

export const programs: fc.Arbitrary<Program> = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, own) => deedsOf(own))))
  .map((applications) => applications.map(sound));

/** Drops what ext2 would refuse, and opens what must be there. */
function sound(deeds: readonly Deed[], own: number): Deed[] {
  let length = 0;
  const kept: Deed[] = [
    { do: 'create', file: own },
    { do: 'create', file: SHARED },
  ];
  for (const deed of deeds) {
    const mine = 'file' in deed && deed.file === own;
    if (deed.do === 'create' && mine) length = Math.max(length, 0);
    else if (mine && length < 0) continue;
    else if (deed.do === 'unlink') length = -1;
    else if (deed.do === 'append' && mine) length += deed.bytes;
    else if (deed.do === 'store') {
      if (deed.at + deed.bytes > length) continue;
    } else if (deed.do === 'overwrite') {
      if (deed.at > length) continue;
      length = Math.max(length, deed.at + deed.bytes);
    }
    kept.push(deed);
  }
  return kept;
}

export const pathOf = (file: number): string => `/file${file}`;

/**
 * With all the memory in the world, or with so little that kswapd is at work nearly all the time.
 */
export type Room = 'ample memory' | 'little memory';

/** Of 4096 pages, 3885 are a hog's; kswapd sleeps while 192 are free. */
const LITTLE = 'hog: [{ use: 15540KiB }], ';

/** All of it, then a quiet minute, one sync, and quiet again. */
export function scenarioOf(program: Program, blockSize: '1KiB' | '4KiB', room: Room): Scenario {
  const leg = drive('{ uniform: [0ms, 6ms] }', '{ uniform: [0ms, 9ms] }', '2us');
  const applications = program.map((deeds, n) => `app${n}: [${deeds.map(stepOf).join(', ')}]`);
  return smallScenario(
    'duration=900s',
    'mirror.regionSize=64KiB',
    `mirror.legs=[${leg}, ${leg}]`,
    'preemption={ uniform: [0us, 300us] }',
    `filesystem={ type: ext2, blockSize: ${blockSize}, size: 16MiB }`,
    `memory=${room === 'little memory' ? '16MiB' : '256MiB'}`,
    `workload={ ${room === 'little memory' ? LITTLE : ''}${applications.join(', ')}, last: [{ sleep: 800s }, sync] }`,
  );
}

function stepOf(deed: Deed): string {
  switch (deed.do) {
    case 'append':
      return `{ append: [${pathOf(deed.file)}, ${deed.bytes}B] }`;
    case 'overwrite':
    case 'store':
      return `{ ${deed.do}: [${pathOf(deed.file)}, ${deed.at}B, ${deed.bytes}B] }`;
    case 'sync':
      return 'sync';
    case 'sleep':
      return `{ sleep: ${deed.ms}ms }`;
    default:
      return `{ ${deed.do}: ${pathOf(deed.file)} }`;
  }
}

/** What an application's own file holds in the end; undefined: it is gone. */
export function contentOf(deeds: readonly Deed[], own: number): Uint8Array | undefined {
  let bytes: Uint8Array | undefined;
  let version = 0;
  for (const deed of deeds) {
    if (!('file' in deed) || deed.file !== own) continue;
    if (deed.do === 'create') bytes ??= new Uint8Array();
    if (deed.do === 'unlink') bytes = undefined;
    if (!('bytes' in deed)) continue;
    const before: Uint8Array = bytes ?? new Uint8Array();
    const at = deed.do === 'append' ? before.length : deed.at;
    const after = new Uint8Array(Math.max(before.length, at + deed.bytes));
    after.set(before);
    version++;
    for (let i = at; i < at + deed.bytes; i++) after[i] = byteOf(pathOf(own), version, i);
    bytes = after;
  }
  return bytes;
}

/** Each sector begins with the version of the write and its own number; then the line repeats. */
function byteOf(path: string, version: number, at: number): number {
  const inSector = at % 512;
  const line = `        ${path} was written by desync\n`;
  if (inSector < 4) return (version >>> (8 * inSector)) & 255;
  if (inSector < 8) return (Math.floor(at / 512) >>> (8 * (inSector - 4))) & 255;
  return line.charCodeAt(inSector % line.length);
}
