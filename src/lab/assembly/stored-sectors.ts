/**
 * Which sectors of files the workload can store to, if a store is all that it does to them and none
 * writes what was there before; undefined: contents do more than tell stores apart.
 */
import { onlyStores } from './only-stores.js';
import type { FileSectors } from '../../machine/renaming.js';
import type { FixStrategy } from '../../machine/strategy.js';
import { SECTOR_BYTES } from '../../media/geometry.js';
import type { Scenario } from '../../scenario/scenario.js';

export function storedSectors(
  { workload, files, mirror }: Scenario,
  { stores: whatStoresDo, legsRead, comparesSums }: FixStrategy,
  paths: readonly string[],
): FileSectors[] | undefined {
  const holdsContents = whatStoresDo === 'copy' || legsRead === 'private-copy' || comparesSums;
  if (holdsContents === true || mirror.initially !== 'in-sync') return undefined;
  const stores = onlyStores(workload);
  if (stores === undefined) return undefined;
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

/**
 * A sector begins with its version, four bytes: a store that leaves these changes nothing twice.
 */
const VERSION_BYTES = 4;

function writesVersions(offset: number, bytes: number): boolean {
  const inLast = (offset + bytes) % SECTOR_BYTES;
  return offset % SECTOR_BYTES === 0 && (inLast === 0 || inLast >= VERSION_BYTES);
}
