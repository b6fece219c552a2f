/** A sweep on a real terminal: its bar, Ctrl-C, and that the terminal is left as it was. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ROOT, SCENARIO } from './program.js';

/** Types Ctrl-C once a bar is there; prints what was on the terminal, then the exit code. */
const ON_A_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
seen, typed = b'', False
while True:
    try:
        got = os.read(fd, 65536)
    except OSError:
        break
    if not got:
        break
    seen += got
    if not typed and '\\u2591'.encode() in seen:
        typed = True
        os.write(fd, b'\\x03')
sys.stdout.buffer.write(seen)
sys.stdout.flush()
print('\\nexit %d' % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;
const isThere = spawnSync('python3', ['-c', 'import pty']).status === 0;
if (!isThere) process.stderr.write('skipped: a sweep on a terminal: no python3\n');

describe.skipIf(!isThere)('a sweep on a terminal', { timeout: 60_000 }, () => {
  it.each([80, 40])(
    'of %i columns draws a bar, and Ctrl-C ends it with what is done',
    (columns) => {
      const program = [process.execPath, `${ROOT}test/cli/toy-program.mjs`];
      const sweep = ['run', SCENARIO, '--strategy', 'clear-when-idle', '--seeds', '1000..99999999'];
      const args = ['-c', ON_A_TERMINAL, `${columns}`, ...program, ...sweep, '--jobs', '2'];
      const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm', NO_COLOR: '1' };
      const { stdout } = spawnSync('python3', args, { cwd: ROOT, env, encoding: 'utf8' });
      expect(stdout).toMatch(/░ [\d,]+ of 99,999,000 runs, /);
      expect(stdout).toMatch(/PASS-BOUNDED {2}all [\d,]+ runs/);
      expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
        /interrupted after [\d,]+ of 99,999,000 runs exit 130 $/,
      );
      // The last word about the cursor and about wrapping is that they are there.
      for (const [off, on] of [
        ['?25l', '?25h'],
        ['?7l', '?7h'],
      ] as const) {
        const last = (what: string): number => stdout.lastIndexOf(`\u001b[${what}`);
        expect(last(on)).toBeGreaterThanOrEqual(last(off));
      }
    },
  );
});
