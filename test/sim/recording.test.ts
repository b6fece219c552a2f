import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice, Entropy } from '../../src/sim/entropy.js';
import {
  AnswersDoNotFit,
  recorded,
  replay,
  scheduleOf,
  scheduled,
} from '../../src/sim/recording.js';
import { seeded } from '../../src/sim/seeded.js';

/** A run of a toy model: three questions on two streams. */
function toyRun(entropy: Entropy): number[] {
  const leg = entropy.stream('leg 0');
  const app = entropy.stream('app');
  return [
    leg.choose(10, 'first sample'),
    app.choose(2 ** 40, 'pause'),
    leg.choose(20, 'durable'),
    leg.choose(10, 'first sample'),
  ];
}

function toyRecording(): readonly Choice[] {
  const entropy = recorded(seeded('3'));
  toyRun(entropy);
  return entropy.choices;
}

/** A recording with its n-th choice changed. */
function changed(n: number, change: Partial<Choice>): Choice[] {
  return toyRecording().map((choice, i) => (i === n ? { ...choice, ...change } : choice));
}

describe('a recording', () => {
  it('names what a run that asks less has left', () => {
    const stored = replay(toyRecording());
    stored.stream('leg 0').choose(10, 'first sample');
    expect(stored.unasked).toEqual(toyRecording().slice(1));
  });

  it('is made of streams that are opened once', () => {
    const entropy = recorded(seeded('3'));
    toyRun(entropy);
    expect(() => toyRun(entropy)).toThrow("the stream 'leg 0' is recorded already");
  });

  it('holds every question with its answer, stream after stream', () => {
    const entropy = recorded(seeded('3'));
    const [first, pause, durable, second] = toyRun(entropy);
    expect(entropy.choices).toEqual([
      { stream: 'leg 0', n: 0, what: 'first sample', bound: 10, answer: first },
      { stream: 'leg 0', n: 1, what: 'durable', bound: 20, answer: durable },
      { stream: 'leg 0', n: 2, what: 'first sample', bound: 10, answer: second },
      { stream: 'app', n: 0, what: 'pause', bound: 2 ** 40, answer: pause },
    ]);
  });

  it('changes no answer', () => {
    expect(toyRun(recorded(seeded('3')))).toEqual(toyRun(seeded('3')));
  });

  it('gives the same run when it is replayed', () => {
    expect(toyRun(replay(toyRecording()))).toEqual(toyRun(seeded('3')));
  });

  it('replays as itself, also after a way through text', () => {
    const entropy = recorded(replay(toyRecording()));
    toyRun(entropy);
    expect(JSON.stringify(entropy.choices)).toBe(JSON.stringify(toyRecording()));
  });

  it.each([
    [
      'another name',
      1,
      { what: 'seek' },
      "stream 'leg 0', question 1: stored 'seek' of 20, asked 'durable' of 20",
    ],
    [
      'another bound',
      3,
      { bound: 5 },
      "stream 'app', question 0: stored 'pause' of 5, asked 'pause' of 1099511627776",
    ],
    [
      'an answer out of bounds',
      2,
      { answer: 10 },
      "stream 'leg 0', question 2: the answer 10 is not in [0, 10)",
    ],
    [
      'an answer below 0',
      0,
      { answer: -1 },
      "stream 'leg 0', question 0: the answer -1 is not in [0, 10)",
    ],
    [
      'half an answer',
      0,
      { answer: 0.5 },
      "stream 'leg 0', question 0: the answer 0.5 is not in [0, 10)",
    ],
    [
      'no such stream',
      3,
      { stream: 'apq' },
      "stream 'app', question 0: the recording ends before 'pause' of 1099511627776",
    ],
  ])('is refused when it has %s', (_, n, change, complaint) => {
    const recording = changed(n, change);
    expect(() => toyRun(replay(recording))).toThrow(new AnswersDoNotFit(complaint));
  });

  it('is refused when a question is missing or stands elsewhere', () => {
    const whole = toyRecording();
    expect(() => toyRun(replay(whole.filter((_, n) => n !== 0)))).toThrow(AnswersDoNotFit);
    expect(() => toyRun(replay(whole.filter((_, n) => n !== 2)))).toThrow(
      "stream 'leg 0', question 2: the recording ends before 'first sample' of 10",
    );
    const [first, second, ...rest] = whole;
    expect(() => toyRun(replay([second!, first!, ...rest]))).toThrow(AnswersDoNotFit);
    // The first and the third question are the same but for their number.
    const [third, ...last] = rest;
    expect(() => toyRun(replay([third!, second!, first!, ...last]))).toThrow(AnswersDoNotFit);
  });
});

describe('a schedule', () => {
  it('is what of a recording is not quiet', () => {
    const recording = changed(0, { answer: 0 });
    expect(scheduleOf(recording)).toEqual(recording.slice(1));
  });

  it('gives the same run as the recording it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }), (given) => {
        const source: Entropy = { stream: () => ({ choose: () => given.pop() ?? 0 }) };
        const entropy = recorded(source);
        const run = toyRun(entropy);
        const schedule = scheduled(scheduleOf(entropy.choices));
        expect(toyRun(schedule)).toEqual(run);
        expect(schedule.unasked).toEqual([]);
      }),
    );
  });

  it('answers 0 to whatever it does not know', () => {
    expect(toyRun(scheduled([]))).toEqual([0, 0, 0, 0]);
    const one = { stream: 'leg 0', n: 2, what: 'first sample', bound: 10, answer: 7 };
    expect(toyRun(scheduled([one]))).toEqual([0, 0, 0, 7]);
  });

  it('names the answers for which nobody asked', () => {
    const late = { stream: 'leg 0', n: 3, what: 'first sample', bound: 10, answer: 7 };
    const gone = { stream: 'leg 9', n: 0, what: 'first sample', bound: 10, answer: 7 };
    const known = { stream: 'app', n: 0, what: 'pause', bound: 2 ** 40, answer: 7 };
    const schedule = scheduled([late, known, gone]);
    expect(schedule.unasked).toEqual([late, known, gone]);
    toyRun(schedule);
    expect(schedule.unasked).toEqual([late, gone]);
  });

  it.each([
    [{ what: 'seek' }, "stored 'seek' of 20, asked 'durable' of 20"],
    [{ bound: 21 }, "stored 'durable' of 21, asked 'durable' of 20"],
    [{ answer: 20 }, 'the answer 20 is not in [0, 20)'],
  ])('is refused when its question has changed to %j', (change, complaint) => {
    const stored = { stream: 'leg 0', n: 1, what: 'durable', bound: 20, answer: 4, ...change };
    expect(() => toyRun(scheduled([stored]))).toThrow(
      new AnswersDoNotFit(`stream 'leg 0', question 1: ${complaint}`),
    );
  });

  it('is refused when it answers one question twice', () => {
    const stored = { stream: 'leg 0', n: 1, what: 'durable', bound: 20, answer: 4 };
    expect(() => toyRun(scheduled([stored, { ...stored, answer: 5 }]))).toThrow(
      "stream 'leg 0': two answers to one question",
    );
  });
});
