/**
 * Images of disks as files: sparse, all or none, and nothing outside the folder that was named.
 *
 * Each is written beside its place under another name and moved there when all are complete. A link
 * that stands in its place is replaced, never followed.
 */
import { constants, rmSync } from 'node:fs';
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { listed } from '../report/quantities.js';
import { shown } from './given.js';
import type { DiskImage } from '../lab/images.js';
import { notWritten } from './not-written.js';
import { Refused } from './refused.js';
import { refuseOver, type Writing } from './written.js';

export async function writeImages(
  folder: string,
  images: readonly DiskImage[],
  writing: Writing,
): Promise<void> {
  for (const { name } of images) {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error(`not the name of an image: ${name}`);
  }
  for (const { name } of images) refuseOver(join(folder, name), writing);
  await refuseIfInTheWay(folder, images, writing.force);
  await attempt(folder, () => makeFolder(resolve(folder)));
  const written: string[] = [];
  const forget = (): void => written.forEach((path) => rmSync(path, { force: true }));
  process.once('exit', forget);
  try {
    for (const image of images) {
      const path = join(folder, `.${image.name}.${process.pid}.part`);
      written.push(path);
      await attempt(path, () => writeSparse(path, image));
    }
    for (const [n, { name }] of images.entries()) {
      await attempt(folder, () => rename(written[n] ?? '', join(folder, name)));
    }
  } finally {
    process.off('exit', forget);
    forget();
  }
}

/** Images in the folder that are none of these: of an earlier export, whose mirror had more. */
export async function otherImages(
  folder: string,
  images: readonly DiskImage[],
): Promise<readonly string[]> {
  const names = await attempt(folder, () => readdir(folder));
  return names
    .filter((name) => /^(leg\d|log)\.img$/.test(name) && images.every((one) => one.name !== name))
    .sort();
}

/**
 * With those it stands in. Node's own way of doing so never ends where a file system takes no
 * folders (/proc).
 */
async function makeFolder(folder: string): Promise<void> {
  if ((await entry(folder)) === 'folder') return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder);
}

/** Every name is looked at before anything is written. */
async function refuseIfInTheWay(
  folder: string,
  images: readonly DiskImage[],
  force: boolean,
): Promise<void> {
  const there = await entry(folder);
  if (there === 'file') throw new Refused(`${shown(folder)} is a file, not a folder`);
  const found = await Promise.all(
    images.map(async ({ name }) => ({ name, is: await entry(join(folder, name), false) })),
  );
  const folders = found.filter(({ is }) => is === 'folder').map(({ name }) => name);
  if (folders.length > 0)
    throw new Refused(`${listed(folders)} in ${shown(folder)}: a folder stands in the way`);
  const files = found.filter(({ is }) => is === 'file').map(({ name }) => name);
  if (files.length === 0 || force) return;
  const verb = files.length === 1 ? 'is' : 'are';
  const it = files.length === 1 ? 'it' : 'them';
  const what = `${listed(files)} ${verb} already in ${shown(folder)}`;
  throw new Refused(`${what}; --force overwrites ${it}`);
}

async function entry(path: string, follow = true): Promise<'nothing' | 'file' | 'folder'> {
  try {
    const about = await lstat(follow ? join(path, '.') : path);
    return about.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') return 'nothing';
    if (error.code === 'ENOTDIR') return 'file';
    throw new Refused(`${shown(path)}: ${shown(error.message)}`);
  }
}

async function writeSparse(path: string, image: DiskImage): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o644);
  try {
    await file.truncate(image.bytes);
    for (const { offset, bytes } of image.chunks()) {
      await file.write(bytes, 0, bytes.length, offset);
    }
  } finally {
    await file.close();
  }
}

/** What the file system refuses is no bug of ours. */
async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new Refused(`${shown(path)}: ${notWritten(error)}`);
  }
}
