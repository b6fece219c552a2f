import { describe, expect, it } from 'vitest';
import { desync, inShell, ROOT, SCENARIO, toy } from './program.js';

const RUN = ['run', SCENARIO, '--strategy', 'clear-when-idle', '--seed', '3'];
// eslint-disable-next-line no-control-regex -- the very thing that is looked for
const COLOUR = /\u001b\[/;

describe('colours', () => {
  it('are not in a pipe', () => {
    expect(toy(RUN).out).not.toMatch(COLOUR);
    expect(desync(['rnu']).err).not.toMatch(COLOUR);
  });

  it('are there when asked for', () => {
    expect(toy(RUN, { env: { FORCE_COLOR: '1' } }).out).toMatch(COLOUR);
    expect(toy([...RUN, '--color'], { env: { NO_COLOR: '1' } }).out).toMatch(COLOUR);
  });

  it('are not there when refused', () => {
    expect(toy([...RUN, '--no-color'], { env: { FORCE_COLOR: '1' } }).out).not.toMatch(COLOUR);
    expect(toy(RUN, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.toMatch(COLOUR);
    expect(toy([...RUN, '--color', '--no-color']).out).not.toMatch(COLOUR);
  });

  it('are all that differs', () => {
    const coloured = toy([...RUN, '--color']).out;
    // eslint-disable-next-line no-control-regex -- takes the colours away
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(toy(RUN).out);
  });

  it('never get into JSON', () => {
    expect(toy([...RUN, '--json', '--color']).out).not.toMatch(COLOUR);
  });
});

describe('the width', () => {
  it.each([40, 60])('of %i columns is kept, except by commands', (columns) => {
    const { out } = toy(RUN, { env: { COLUMNS: String(columns) } });
    const broad = out.split('\n').filter((line) => line.length > columns);
    expect(broad.filter((line) => !line.startsWith('repeat: '))).toEqual([]);
  });

  it.each(['0', 'wide'])('of "%s" columns is no width', (columns) => {
    expect(toy(RUN, { env: { COLUMNS: columns } })).toEqual(toy(RUN));
  });
});

describe('a pipe', () => {
  it('may close before all is read', () => {
    const program = `${process.execPath} ${ROOT}test/cli/toy-program.mjs`;
    const sweep = `${program} run ${SCENARIO} --json --seeds 1000..3000`;
    const { code, out, err } = inShell(`set -o pipefail; ${sweep} | head -1`);
    expect([code, out, err]).toEqual([0, '{\n', '']);
  });

  it('that closes when all is done does not make a pass of a failure', () => {
    const program = `${process.execPath} ${ROOT}test/cli/toy-program.mjs`;
    const sweep = `${program} run ${SCENARIO} --json --no-shrink --seeds 1000..3000`;
    const failing = `${sweep} --fail-on 'exposure>0'`;
    expect(inShell(`set -o pipefail; ${failing} | head -1`).code).toBe(1);
  });

  it('that closes before anything is known ends the program as SIGPIPE would', () => {
    const program = `${process.execPath} ${ROOT}test/cli/toy-program.mjs`;
    const sweep = `${program} run ${SCENARIO} --reporter jsonl --seeds 1000..300000`;
    expect(inShell(`set -o pipefail; ${sweep} | head -1`).code).toBe(141);
  });

  it('that leads to a full disk is told in one line', () => {
    const { code, err } = inShell('npx desync strategies > /dev/full');
    expect(code).toBe(2);
    expect(err).toMatch(/^desync: the output cannot be written: .*\n$/);
  });
});

describe('the program', () => {
  it('says what to do when it was not built', () => {
    const { code, err } = inShell(
      `d=$(mktemp -d) && mkdir $d/bin && cp ${ROOT}bin/desync.mjs $d/bin/ && ` +
        'node $d/bin/desync.mjs; code=$?; rm -r $d; exit $code',
    );
    expect([code, err]).toEqual([
      3,
      'desync: it has not been built: dist/ is missing. Run: npm run build\n',
    ]);
  });

  it('is what npx runs', () => {
    // Without its scripts: the first time npx builds dist/ anew, under the feet of all other tests.
    const { code, out } = inShell('npx --no-install --ignore-scripts "desync" --version');
    expect([code, out]).toEqual([0, '0.1.0\n']);
  });
});
