import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupts } from '../../../src/cli/interrupts.js';
import { shipped } from '../../../src/cli/laboratory.js';
import { OwnCode } from '../../../src/cli/own/own-code.js';
import type { Session } from '../../../src/cli/session.js';
import type { FoundFailure } from '../../../src/cli/shrinking/found-failure.js';
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
const TRIED = { scenario, strategy: clearWhenIdle };

/** What Node says for the number of a thread that is no more. */
const THREAD_ENDED = -1;
const COMMAND = 'npx desync shrink short.yaml --strategy clear-when-idle --seed ';

/** What is told where failures of these seeds are made small by that worker, and what is said. */
class Bench {
  readonly interrupts = new Interrupts();
  readonly own = new OwnCode(1);
  said = '';
  worker = 'small-worker.mjs';

  async shrinker(end?: AbortSignal): Promise<Shrinker> {
    const write = (text: string): boolean => Boolean((this.said += text));
    const session: Session = {
      args: [],
      version: '0.1.0',
      interrupts: this.interrupts,
      own: this.own,
      rooms: { ...shipped, worker: new URL(this.worker, import.meta.url) },
      out: screen({ write }, {}, false),
      err: screen({ write }, {}, false),
    };
    return new Shrinker(HEADER, () => TRIED, session, await shrunkTeller(session), end);
  }
}

const failures = (...seeds: readonly string[]): FoundFailure[] =>
  seeds.map((seed) => ({ series: 0, seed }));

describe('a shrinker', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => {
    bench.interrupts.leave();
  });

  it('begins nothing when the time that the user gave is up, and names the command', async () => {
    // Whoever were asked would fail.
    bench.worker = 'none.js';
    const shrinker = await bench.shrinker(AbortSignal.abort());
    const [failure, ...more] = await shrinker.told(failures('7'));
    expect([failure, more]).toEqual([
      {
        file: 'short.yaml',
        scenario: 'short',
        strategy: 'clear-when-idle',
        seed: '7',
        command: `${COMMAND}7`,
        small: undefined,
      },
      [],
    ]);
    expect(bench.said).toBe(`a failure was not shrunk: the time was up\n${COMMAND}7\n`);
    expect([shrinker.exitCode, shrinker.broken]).toEqual([undefined, undefined]);
  });

  it.each([
    ['the time that the user gave', 'the time was up', undefined],
    ['a signal', 'interrupted', 143],
  ])('leaves what it is at, and all behind it, at the end of %s', async (_, why, exitCode) => {
    const end = new AbortController();
    const threads: Worker[] = [];
    const begins = (thread: Worker): void => void threads.push(thread);
    process.on('worker', begins);
    const shrinker = await bench.shrinker(end.signal);
    const telling = shrinker.told(failures('endless', 'first'));
    if (exitCode === undefined) end.abort();
    else process.emit('SIGTERM');
    const told = await telling;
    process.off('worker', begins);
    expect(threads.map(({ threadId }) => threadId)).toEqual([THREAD_ENDED]);
    expect(told.map(({ small }) => small)).toEqual([undefined, undefined]);
    const left = (seed: string): string => `a failure was not shrunk: ${why}\n${COMMAND}${seed}\n`;
    expect(bench.said).toBe(left('endless') + left('first'));
    expect([shrinker.exitCode, shrinker.broken]).toEqual([exitCode, undefined]);
  });

  it('begins nothing after a signal that was heard while the runs were made', async () => {
    bench.worker = 'none.js';
    bench.interrupts.watch(() => undefined, true);
    process.emit('SIGTERM');
    const shrinker = await bench.shrinker();
    const [failure] = await shrinker.told(failures('7'));
    expect(failure?.small).toBeUndefined();
    expect(bench.said).toBe(`a failure was not shrunk: interrupted\n${COMMAND}7\n`);
    expect([shrinker.exitCode, shrinker.broken]).toEqual([143, undefined]);
  });

  it('goes on with the next where one cannot be shrunk, and says why', async () => {
    const shrinker = await bench.shrinker();
    const told = await shrinker.told(failures('left', 'dies', 'nothing'));
    expect(told.map(({ seed, small }) => [seed, small])).toEqual([
      ['left', undefined],
      ['dies', undefined],
      ['nothing', undefined],
    ]);
    expect(bench.said.split('\n').filter((line) => line.startsWith('a failure'))).toEqual([
      'a failure was not shrunk: it is its own affair',
      'a failure was not shrunk: its worker ended',
    ]);
  });

  it('says of what a strategy of the user left to be done what all else says of it', async () => {
    const file = { path: './mine.js', url: 'data:mine' };
    const before = process.listeners('uncaughtException');
    const broken = process.listeners('unhandledRejection');
    bench.own.expect(file, { astrayIn: (error) => ({ path: file.path, what: String(error) }) });
    const shrinker = await bench.shrinker();
    await shrinker.told(failures('astray'));
    for (const each of process.listeners('uncaughtException')) {
      if (!before.includes(each)) process.off('uncaughtException', each);
    }
    for (const each of process.listeners('unhandledRejection')) {
      if (!broken.includes(each)) process.off('unhandledRejection', each);
    }
    const words = 'strategy ./mine.js: threw 7, when nobody asked it';
    expect(bench.said).toBe(`a failure was not shrunk: ${words}\n${COMMAND}astray\n`);
  });

  it('keeps the first bug of ours that it meets, and begins no more than three', async () => {
    const shrinker = await bench.shrinker();
    await shrinker.told(failures('first', 'second', 'nothing', 'left'));
    expect(shrinker.broken?.cause).toMatchObject({ message: 'the first bug' });
    expect(bench.said).toBe('');
  });
});
