/** Disks as real files, and the real tools on them. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiskImage } from '../../src/lab/images.js';

/** Why tests that need e2fsck are skipped here; undefined: they are not. */
export const NO_E2FSCK =
  spawnSync('e2fsck', ['-V']).error === undefined ? undefined : 'e2fsck is not on this machine';

export class ImageFolder {
  readonly #folder = mkdtempSync(join(tmpdir(), 'desync-images-'));

  /** Writes the images as `<prefix>-leg0.img` and so on. */
  write(prefix: string, images: readonly DiskImage[]): void {
    for (const image of images) {
      const file = openSync(join(this.#folder, `${prefix}-${image.name}`), 'w');
      ftruncateSync(file, image.bytes);
      for (const { offset, bytes } of image.chunks()) {
        writeSync(file, bytes, 0, bytes.length, offset);
      }
      closeSync(file);
    }
  }

  bytes(name: string): Buffer {
    return readFileSync(join(this.#folder, name));
  }

  copy(from: string, to: string): string {
    copyFileSync(join(this.#folder, from), join(this.#folder, to));
    return to;
  }

  /** Everything that e2fsck prints. */
  e2fsck(how: '-fn' | '-fp' | '-fy', name: string): string {
    return this.#run(how, name).text;
  }

  /** `e2fsck -fn` leaves with 0; otherwise what it prints. */
  accepts(name: string): true | string {
    const { code, text } = this.#run('-fn', name);
    return code === 0 || text;
  }

  #run(how: string, name: string): { readonly code: number | null; readonly text: string } {
    const path = join(this.#folder, name);
    const { status, stdout, stderr } = spawnSync('e2fsck', [how, path], { encoding: 'utf8' });
    return { code: status, text: stdout + stderr };
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
