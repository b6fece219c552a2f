/**
 * Numbers at a byte of a block, whatever sector of the block that is. Little-endian; aligned to
 * their width.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';
import type { Layout } from './layout.js';

export function readU8(disk: Sectors, layout: Layout, block: number, at: number): number {
  return disk.pool.u8(disk.get(layout.sectorOfBlock(block) + (at >> 9)), at & 511);
}

export function readU16(disk: Sectors, layout: Layout, block: number, at: number): number {
  return disk.pool.u16(disk.get(layout.sectorOfBlock(block) + (at >> 9)), at & 511);
}

export function readU32(disk: Sectors, layout: Layout, block: number, at: number): number {
  return disk.pool.u32(disk.get(layout.sectorOfBlock(block) + (at >> 9)), at & 511);
}

export function writeU8(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  at: number,
  byte: number,
): void {
  const sector = layout.sectorOfBlock(block) + (at >> 9);
  disk.set(sector, disk.pool.withU8(disk.get(sector), at & 511, byte));
}

export function writeU16(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  at: number,
  word: number,
): void {
  const sector = layout.sectorOfBlock(block) + (at >> 9);
  disk.set(sector, disk.pool.withU16(disk.get(sector), at & 511, word));
}

export function writeU32(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  at: number,
  word: number,
): void {
  const sector = layout.sectorOfBlock(block) + (at >> 9);
  disk.set(sector, disk.pool.withU32(disk.get(sector), at & 511, word));
}
