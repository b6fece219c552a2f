/**
 * Which sectors of files the workload can store to, if a store is all that it does to them and none
 * writes what was there before; undefined: contents do more than tell stores apart.
 */
import type { Step } from '../../machine/program.js';
import type { FileSectors } from '../../machine/renaming.js';
import type { FixStrategy } from '../../machine/strategy.js';
import { SECTOR_BYTES } from '../../media/geometry.js';
import type { Scenario } from '../../scenario/scenario.js';

type Store = Extract<Step, { readonly offset: number }>;

export function storedSectors(
  { workload, files, mirror }: Scenario,
  { stores: whatStoresDo, legsRead, comparesSums }: FixStrategy,
  paths: readonly string[],
): FileSectors[] | undefined {
  const holdsContents = whatStoresDo === 'copy' || legsRead === 'private-copy' || comparesSums;
  if (holdsContents === true || mirror.initially !== 'in-sync') return undefined;
  const stores: Store[] = [];
  for (const { steps } of workload) if (!addStores(steps, stores)) return undefined;
  const sectors = new Map<string, FileSectors>();
  for (const { path, offset, bytes } of stores) {
    const size = files.find((file) => file.path === path)?.bytes ?? 0;
    if (offset + bytes > size || !writesVersions(offset, bytes)) return undefined;
    for (let n = offset / SECTOR_BYTES; n * SECTOR_BYTES < offset + bytes; n++) {
      sectors.set(`${n} ${path}`, { file: paths.indexOf(path), from: n, end: n + 1 });
    }
  }
  return [...sectors.values()];
}

/** False: something else happens to what is stored. */
function addStores(steps: readonly Step[], into: Store[]): boolean {
  return steps.every((step) => {
    switch (step.do) {
      case 'overwrite':
      case 'store':
        into.push(step);
        return true;
      case 'repeat':
        return addStores(step.steps, into);
      case 'fsync':
      case 'sync':
      case 'sleep':
      case 'at':
        return true;
      case 'create':
      case 'append':
      case 'direct':
      case 'scribble':
      case 'unlink':
      case 'use':
      case 'release':
        return false;
    }
  });
}

/** A sector begins with its version, four bytes: a store that leaves these changes nothing twice. */
const VERSION_BYTES = 4;

function writesVersions(offset: number, bytes: number): boolean {
  const inLast = (offset + bytes) % SECTOR_BYTES;
  return offset % SECTOR_BYTES === 0 && (inLast === 0 || inLast >= VERSION_BYTES);
}
