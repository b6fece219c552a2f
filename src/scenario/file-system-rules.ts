/** What must fit together on the disks before a run: file system, regions, files. */
import type { Finding } from './findings.js';
import type { Checked } from './schema.js';
import { formatSize } from './units.js';
import { layoutOf, whyNotLayout } from '../ext2/mkfs-layout.js';
import { FIRST_INO } from '../ext2/sizing.js';

/** A part that is not sound is undefined. */
interface DiskParts {
  readonly filesystem: Checked['filesystem'] | undefined;
  readonly regionBytes: number | undefined;
  readonly files: Checked['files'] | undefined;
}

/** mke2fs would leave out a last group that is too small, and blocks of the device with it. */
export function fileSystemHasLayout({ filesystem }: DiskParts): Finding[] {
  const why = filesystem && whyNot(filesystem);
  if (why === undefined) return [];
  return [{ path: ['filesystem', 'size'], expected: `another size: ${why}` }];
}

export function regionFitsFileSystem({ regionBytes, filesystem }: DiskParts): Finding[] {
  if (regionBytes === undefined || filesystem === undefined) return [];
  if (regionBytes <= filesystem.bytes) return [];
  const expected = `a region no larger than the file system (${formatSize(filesystem.bytes)})`;
  return [{ path: ['mirror', 'regionSize'], expected }];
}

/** Half of it, so that there is room for what describes them. */
export function filesFitFileSystem({ files, filesystem }: DiskParts): Finding[] {
  if (files === undefined || filesystem === undefined) return [];
  const { blockBytes, bytes } = filesystem;
  const taken = files.reduce((sum, file) => sum + Math.ceil(file.bytes / blockBytes), 0);
  if (taken * blockBytes * 2 <= bytes) return [];
  const expected = `files that fill at most half of the file system (${formatSize(bytes / 2)})`;
  return [{ path: ['files'], expected, found: formatSize(taken * blockBytes), atKey: true }];
}

/** mke2fs makes so many for a size; a few are its own. */
export function filesHaveInodes({ files, filesystem }: DiskParts): Finding[] {
  if (files === undefined || filesystem === undefined) return [];
  if (whyNot(filesystem) !== undefined) return [];
  const { blockBytes, bytes } = filesystem;
  const { inodesCount } = layoutOf(blockBytes, bytes / blockBytes);
  const most = inodesCount - FIRST_INO;
  if (files.length <= most) return [];
  const expected = `at most ${most} files, for which ${formatSize(bytes)} have inodes`;
  return [{ path: ['files'], expected, found: `${files.length}`, atKey: true }];
}

function whyNot({ blockBytes, bytes }: Checked['filesystem']): string | undefined {
  return whyNotLayout(blockBytes, bytes / blockBytes);
}
