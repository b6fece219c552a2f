import { describe, expect, it } from 'vitest';
import { SCENARIO, toy } from './program.js';

describe('replay', () => {
  it('tells the verdict, the story, the table and the facts', () => {
    const { code, out } = toy(['replay', SCENARIO, '--seed', '3']);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "PASS-BOUNDED  append under clear-when-idle, seed 3: harmed

      One application appends, and syncs what it wrote.

        seconds
      30.000000  ==== crash: power is lost ===========================================
       recovery  nothing to copy: every region was believed clean; the legs agree

      Nothing raced: no store fell between the samples of two legs.

        ran         120 s of virtual time, 1,003 events
        raced       2 of 40 stores that met a write in flight fell between the legs'
                    samples
        exposed     25 % of the time, in one window of 30 s from 30.000000 s
        cost        60 record writes; expected resync 512 KiB in 0 ns
        crash       at 30.000000 s, with no region marked
        recovery    nothing to copy: every region was believed clean
        diverged    nowhere: the legs agree

      repeat: npx desync replay test/cli/append.yaml --strategy clear-when-idle --seed 3
      "
    `);
  });

  it('has the timeline in its JSON', () => {
    const { out } = toy(['replay', SCENARIO, '--seed', '3', '--json', '--all']);
    expect(JSON.parse(out)).toMatchObject({
      format: 'desync/replay@1',
      verdict: 'PASS-BOUNDED',
      problems: [],
      run: { seed: '3', outcome: 'harmed' },
      timeline: [{ atNs: 30e9, actor: 'power', kind: 'state', mark: null }],
    });
  });

  it('has the exit code of its verdict', () => {
    expect(toy(['replay', SCENARIO, '--seed', '100']).code).toBe(1);
  });

  it('names itself as the command that repeats it', () => {
    const { code, err } = toy(['replay', SCENARIO, '--seed', '666']);
    expect(code).toBe(3);
    expect(err).toContain(
      `repeat: npx desync replay ${SCENARIO} --strategy clear-when-idle --seed 666\n`,
    );
  });
});
