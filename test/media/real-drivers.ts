/** The tools that read these records on real machines, as oracles over regular files. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why a suite that needs the tool is skipped; empty where it is not. */
export function unless(tool: string): string {
  return spawnSync(tool, ['--version']).error === undefined ? '' : ` (skipped: no ${tool} here)`;
}

export class Files {
  readonly #folder = mkdtempSync(join(tmpdir(), 'desync-records-'));

  clear(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** A file of these bytes, followed by zeroes up to `length`. */
  write(name: string, bytes: Uint8Array, length = bytes.length): string {
    const path = join(this.#folder, name);
    writeFileSync(path, bytes);
    truncateSync(path, length);
    return path;
  }

  read(name: string): Uint8Array {
    return readFileSync(join(this.#folder, name));
  }
}

export function ran(tool: string, ...args: readonly string[]): { code: number; text: string } {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  return { code: status ?? -1, text: stdout + stderr };
}
