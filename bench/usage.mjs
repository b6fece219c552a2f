// Loaded before a program that is measured: tells on its fourth stream, when it ends, what it took.
import { readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

const TOLD = 3;
const MIB = 2 ** 20;

if (isMainThread) {
  const grownMiB = [];
  const look = () => {
    // With --expose-gc.
    globalThis.gc?.();
    grownMiB.push(process.memoryUsage.rss() / MIB);
  };
  setInterval(look, 1000).unref();
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const told = { cpuSeconds: (user + system) / 1e6, peakMiB: peakMiB(), grownMiB };
    writeSync(TOLD, JSON.stringify(told));
  });
}

/** The system's own count, where it is there, also holds what the parent had when it forked. */
function peakMiB() {
  try {
    const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kib !== undefined) return Number(kib) / 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS / 1024;
}
