import { describe, expect, test } from 'vitest';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { INODE_BLOCK, INODE_SIZE, writeInode } from '../../src/ext2/inodes.js';
import { MOST_READ, inodeAt, inodeOf, listFiles } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { dice } from './dice.js';
import { missing, workbench } from './e2fsprogs.js';

const bench = workbench();
const without = missing('e2fsck', 'debugfs');

function mounted(blockBytes: number, blocks: number): [DenseSectors, QuietFileSystem] {
  const disk = new DenseSectors(new SectorPool(), (blocks * blockBytes) / 512);
  return [disk, new QuietFileSystem(disk, mkfs(disk, { blockBytes, blocks }))];
}

const filled =
  (seed: number) =>
  (offset: number): number =>
    (seed * 31 + offset * 7 + (offset >> 9)) & 255;

describe('a quiet file system', () => {
  test('gives back what was written', () => {
    const [, fs] = mounted(1024, 512);
    expect(fs.create('/a')).toBeUndefined();
    expect(fs.append('/a', 3000, filled(1))).toBeUndefined();
    expect(fs.overwrite('/a', 1000, 100, filled(9))).toBeUndefined();
    const read = fs.read('/a');
    const expected = Uint8Array.from({ length: 3000 }, (_, i) =>
      filled(i >= 1000 && i < 1100 ? 9 : 1)(i),
    );
    expect(read).toEqual({ ok: true, bytes: expected });
  });

  test('says what is wrong in the words of errno', () => {
    const [, fs] = mounted(1024, 128);
    expect(fs.append('/a', 1, filled(1))).toBe('ENOENT');
    fs.create('/a');
    expect(fs.create('/a')).toBe('EEXIST');
    expect(fs.create('/no/a')).toBe('ENOENT');
    expect(fs.create('/a/b')).toBe('ENOTDIR');
    expect(fs.append('/lost+found', 1, filled(1))).toBe('EISDIR');
    expect(fs.append('/a', 1 << 20, filled(1))).toBe('ENOSPC');
    expect(fs.unlink('/a')).toBeUndefined();
    expect(fs.unlink('/a')).toBe('ENOENT');
    expect(fs.read('/a')).toEqual({ ok: false, error: 'ENOENT' });
    expect(fs.overwrite('/a', 0, 1, filled(1))).toBe('ENOENT');
  });

  test('takes no name that is empty or too long, and nothing before the beginning', () => {
    const [, fs] = mounted(1024, 128);
    expect(fs.create('/')).toBe('EINVAL');
    expect(fs.create(`/${'x'.repeat(256)}`)).toBe('EINVAL');
    expect(fs.create(`/${'x'.repeat(255)}`)).toBeUndefined();
    fs.create('/a');
    expect(fs.overwrite('/a', -1, 2, filled(1))).toBe('EINVAL');
    expect(fs.append('/a', -1, filled(1))).toBe('EINVAL');
    expect(fs.overwrite('/a', 2 ** 32, 1, filled(1))).toBe('EFBIG');
    expect(fs.read('/a')).toEqual({ ok: true, bytes: new Uint8Array(0) });
  });

  test('says of a pointer that leads nowhere that it is an error of the disk', () => {
    const [disk, fs] = mounted(1024, 128);
    fs.create('/a');
    const ino = inodeAt(disk, fs.layout, '/a');
    const inode = inodeOf(disk, fs.layout, ino);
    inode[INODE_BLOCK] = fs.layout.blocksCount;
    writeInode(disk, fs.layout, ino, inode);
    expect(fs.append('/a', 1, filled(1))).toBe('EIO');
    expect(inodeOf(disk, fs.layout, ino)[INODE_SIZE]).toBe(0);
  });

  test('reads no file that says it is larger than can be held', () => {
    const [disk, fs] = mounted(1024, 128);
    fs.create('/a');
    const ino = inodeAt(disk, fs.layout, '/a');
    const inode = inodeOf(disk, fs.layout, ino);
    inode[INODE_SIZE] = MOST_READ + 1;
    writeInode(disk, fs.layout, ino, inode);
    expect(fs.read('/a')).toEqual({ ok: false, error: 'EFBIG' });
  });

  test('places the first block of a file by its process, the next ones behind it', () => {
    const [disk, fs] = mounted(1024, 8193);
    fs.create('/a');
    fs.append('/a', 2048, filled(1), 3);
    const text = bench.run('debugfs', '-R', 'blocks /a', bench.write(disk)).text;
    expect(text).toContain(`${1 + 3 * 512} ${1 + 3 * 512 + 1}`);
  });
});

describe.skipIf(without !== undefined)(`quiet work (${without ?? 'tools present'})`, () => {
  test.each([
    [1024, 300, 1],
    [1024, 2048, 2],
    [1024, 17000, 3],
    [2048, 1000, 4],
    [4096, 2000, 5],
    [4096, 34000, 6],
  ])('on %i byte blocks, %i of them, leaves e2fsck nothing to say', (blockBytes, blocks, seed) => {
    const [disk, fs] = mounted(blockBytes, blocks);
    const pick = dice(seed);
    const files = new Map<string, Uint8Array>();
    for (let round = 0; round < 300; round++) {
      const names = [...files.keys()];
      const name = names[pick(names.length + 1)] ?? `/file-${round}${'x'.repeat(pick(40))}`;
      const old = files.get(name);
      if (old === undefined) {
        if (fs.create(name, pick(40)) === undefined) files.set(name, new Uint8Array(0));
      } else if (pick(5) === 0) {
        expect(fs.unlink(name)).toBeUndefined();
        files.delete(name);
      } else {
        const bytes = 1 + pick(pick(6) === 0 ? blockBytes * 60 : blockBytes * 3);
        const gap = pick(6) === 0 ? pick(blockBytes * 400) : 0;
        const offset = pick(2) === 0 ? old.length + gap : pick(old.length + 1);
        const error = fs.overwrite(name, offset, bytes, filled(round), pick(40));
        const read = fs.read(name);
        if (!read.ok) throw new Error(read.error);
        const whole = new Uint8Array(Math.max(old.length, offset + bytes));
        whole.set(old);
        for (let i = offset; i < offset + bytes; i++) whole[i] = filled(round)(i);
        // A short write leaves some of the new bytes; what stands before them is untouched.
        const certain = error === undefined ? whole.length : Math.min(old.length, offset);
        expect(error ?? 'ENOSPC').toBe('ENOSPC');
        expect(Buffer.compare(read.bytes.subarray(0, certain), whole.subarray(0, certain))).toBe(0);
        files.set(name, read.bytes);
      }
    }
    fs.unmount();
    const answer = bench.check(disk);
    expect(answer.text).not.toMatch(/Fix|wrong/u);
    expect(answer.code).toBe(0);
    for (const [name, bytes] of files) {
      const read = fs.read(name);
      expect(read.ok && Buffer.compare(read.bytes, bytes)).toBe(0);
    }
    const named = listFiles(disk, fs.layout).filter((file) => !file.directory);
    expect(named.map((file) => file.path).sort()).toEqual([...files.keys()].sort());
  });
});
