import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { besideEachOther, node } from '../../bench/program.js';

describe('a program that is measured', () => {
  it('tells what it said and took, all its threads together', () => {
    const busy = 'const end = Date.now() + 200; while (Date.now() < end);';
    const worker = `new (require("worker_threads").Worker)(${JSON.stringify(busy)}, { eval: true })`;
    const ended = node(['-e', `console.log("done"); ${worker}`]);
    expect(ended.out).toBe('done\n');
    expect(ended.cpuSeconds).toBeGreaterThan(node(['-e', '']).cpuSeconds);
    expect(ended.wallSeconds).toBeGreaterThan(0.2);
  });

  it('is charged for its own memory, not for that of whoever started it', () => {
    const much = Buffer.alloc(200 * 2 ** 20, 1);
    const { peakMiB } = node(['-e', '']);
    expect(much.length / 2 ** 20).toBeGreaterThan(peakMiB);
    expect(peakMiB).toBeGreaterThan(10);
  });

  it('has its memory told each second', () => {
    expect(node(['-e', 'setTimeout(() => {}, 1500)']).grownMiB.length).toBeGreaterThan(0);
  });

  it('must not break', () => {
    expect(() => node(['-e', 'process.exit(3)'])).toThrow('ended with 3');
  });
});

describe('programs beside each other', () => {
  it('run at once: each can wait for the other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'desync-beside-'));
    const waits = (mine: string, other: string): string[] => {
      const [here, there] = [join(folder, mine), join(folder, other)].map((p) => JSON.stringify(p));
      const meet = `const fs = require('fs'); fs.writeFileSync(${here}, ''); let n = 0;
        setInterval(() => fs.existsSync(${there}) ? process.exit() : n++ > 500 && process.exit(3), 20);`;
      return ['-e', meet];
    };
    try {
      expect(await besideEachOther([waits('a', 'b'), waits('b', 'a')])).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('must not break, none of them', async () => {
    const both = besideEachOther([
      ['-e', ''],
      ['-e', 'process.exit(3)'],
    ]);
    await expect(both).rejects.toThrow('ended with 3');
  });
});
