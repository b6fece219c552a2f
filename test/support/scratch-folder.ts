/** A folder of a test file's own, new for each test. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export class ScratchFolder {
  readonly path: string;

  constructor(name: string) {
    this.path = mkdtempSync(join(tmpdir(), `desync-${name}-`));
    beforeEach(() => {
      mkdirSync(this.path, { recursive: true });
    });
    afterEach(() => {
      rmSync(this.path, { recursive: true, force: true });
    });
  }

  at(name: string): string {
    return join(this.path, name);
  }

  /** What is in it. */
  there(): string[] {
    return readdirSync(this.path).sort();
  }

  textOf(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  /** Leaves a file there that was there before; its path. */
  old(name: string): string {
    writeFileSync(this.at(name), 'old\n');
    return this.at(name);
  }
}
