import { describe, expect, it } from 'vitest';
import { node } from '../../bench/program.js';

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
