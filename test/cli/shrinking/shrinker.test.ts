import { describe, expect, it } from 'vitest';
import { Interrupts } from '../../../src/cli/interrupts.js';
import { shipped } from '../../../src/cli/laboratory.js';
import { OwnCode } from '../../../src/cli/own/own-code.js';
import type { Session } from '../../../src/cli/session.js';
import { Shrinker } from '../../../src/cli/shrinking/shrinker.js';
import { shrunkTeller } from '../../../src/cli/shrinking/told-shrunk.js';
import { screen } from '../../../src/cli/terminal.js';
import type { SweepHeader } from '../../../src/lab/sweep/header.js';
import { subjectOf } from '../../../src/lab/sweep/subject.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

const scenario = shippedScenario('short.yaml');
const HEADER: SweepHeader = {
  command: 'run',
  args: ['run', 'short.yaml'],
  sets: [],
  failOn: [],
  series: [{ file: 'short.yaml', subject: subjectOf(scenario, clearWhenIdle) }],
  plan: { firstSeeds: [1], count: 9 },
  keep: true,
  bail: undefined,
  again: false,
  shrink: true,
};
const tried = { scenario, strategy: clearWhenIdle };

describe('a shrinker', () => {
  it('begins nothing when the time that the user gave is up, and names the command', async () => {
    let told = '';
    const said = (text: string): boolean => Boolean((told += text));
    const session: Session = {
      args: [],
      version: '0.1.0',
      interrupts: new Interrupts(),
      own: new OwnCode(1),
      // Whoever were asked would fail.
      rooms: { ...shipped, worker: new URL('none.js', import.meta.url) },
      out: screen({ write: said }, {}, false),
      err: screen({ write: said }, {}, false),
    };
    const shrinker = new Shrinker(
      HEADER,
      () => tried,
      session,
      await shrunkTeller(session),
      AbortSignal.abort(),
    );
    const [failure, ...more] = await shrinker.told([{ series: 0, seed: '7' }]);
    session.interrupts.leave();
    const command = 'npx desync shrink short.yaml --strategy clear-when-idle --seed 7';
    expect([failure, more]).toEqual([
      {
        file: 'short.yaml',
        scenario: 'short',
        strategy: 'clear-when-idle',
        seed: '7',
        command,
        small: undefined,
      },
      [],
    ]);
    expect(told).toBe(`a failure was not shrunk: the time was up\n${command}\n`);
    expect([shrinker.exitCode, shrinker.broken]).toEqual([undefined, undefined]);
  });
});
