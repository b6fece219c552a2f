import { describe, expect, it } from 'vitest';
import { Agenda, NOTHING_DUE, type Timing } from '../../src/sim/agenda.js';
import { arena } from '../../src/sim/arena.js';
import { Snapshot } from '../../src/sim/snapshot.js';
import { durationOf, instantOf } from '../../src/sim/time.js';
import { Answers, doorTo } from './answers.js';

const END = instantOf(1_000_000);

function agendaOf(slots: number, answers = new Answers(), timing?: Timing): Agenda {
  const { state, clock } = arena();
  return new Agenda(slots, state, clock, doorTo(answers), timing);
}

function arm(agenda: Agenda, slot: number, delay: number): void {
  agenda.arm(slot, durationOf(delay));
}

/** All that is due until the end, as `slot@instant`. */
function drain(agenda: Agenda): string[] {
  const order: string[] = [];
  for (let slot = agenda.next(END); slot !== NOTHING_DUE; slot = agenda.next(END)) {
    order.push(`${slot}@${agenda.now}`);
  }
  return order;
}

describe('what is due', () => {
  it('comes in the order of time, each thing once', () => {
    const agenda = agendaOf(20);
    arm(agenda, 3, 30);
    arm(agenda, 17, 10);
    arm(agenda, 9, 20);
    expect(drain(agenda)).toEqual(['17@10', '9@20', '3@30']);
    expect(drain(agenda)).toEqual([]);
  });

  it('counts delays from now', () => {
    const agenda = agendaOf(2);
    arm(agenda, 0, 10);
    agenda.next(END);
    arm(agenda, 1, 5);
    expect(agenda.dueAt(1)).toBe(15);
  });

  it('is never passed by the clock, and nothing later is given', () => {
    const agenda = agendaOf(9);
    arm(agenda, 8, 100);
    expect(agenda.next(instantOf(99))).toBe(NOTHING_DUE);
    expect(agenda.now).toBe(99);
    expect(agenda.isArmed(8)).toBe(true);
    expect(agenda.next(instantOf(100))).toBe(8);
    expect(agenda.now).toBe(100);
    expect(agenda.isArmed(8)).toBe(false);
  });

  it('is no more than one time a slot: arming again moves it, either way', () => {
    const agenda = agendaOf(4);
    arm(agenda, 0, 50);
    arm(agenda, 1, 40);
    arm(agenda, 0, 10);
    arm(agenda, 1, 60);
    expect(drain(agenda)).toEqual(['0@10', '1@60']);
  });

  it('is not due once it is disarmed', () => {
    const agenda = agendaOf(10);
    arm(agenda, 0, 10);
    arm(agenda, 1, 20);
    arm(agenda, 9, 30);
    agenda.disarm(0);
    agenda.disarm(9);
    agenda.disarm(5);
    expect(agenda.isArmed(0)).toBe(false);
    expect(agenda.dueAt(0)).toBe(Infinity);
    expect(drain(agenda)).toEqual(['1@20']);
  });

  it('is forgotten by a reset', () => {
    const agenda = agendaOf(3, new Answers());
    agenda.wake(2);
    arm(agenda, 0, 10);
    agenda.next(END);
    arm(agenda, 1, 10);
    agenda.reset();
    expect(agenda.now).toBe(0);
    expect(drain(agenda)).toEqual([]);
    agenda.reset();
    agenda.idle(2);
    expect(drain(agenda)).toEqual([]);
  });
});

describe('what is due at one instant', () => {
  it('goes in the order that is chosen, in slot order whatever was armed first', () => {
    const answers = new Answers(2, 1, 0);
    const agenda = agendaOf(30, answers);
    for (const slot of [29, 2, 11, 7]) arm(agenda, slot, 5);
    expect(drain(agenda)).toEqual(['11@5', '7@5', '2@5', '29@5']);
    expect(answers.heard).toEqual([
      { what: 'next', bound: 4 },
      { what: 'next', bound: 3 },
      { what: 'next', bound: 2 },
    ]);
  });

  it('may lie in groups of slots beside which others are due earlier or later', () => {
    const answers = new Answers(1, 0);
    const agenda = agendaOf(40, answers);
    for (const [slot, delay] of [
      [39, 7],
      [24, 9],
      [16, 8],
      [8, 9],
      [0, 9],
    ] as const) {
      arm(agenda, slot, delay);
    }
    expect(drain(agenda)).toEqual(['39@7', '16@8', '8@9', '0@9', '24@9']);
    expect(answers.heard.map(({ bound }) => bound)).toEqual([3, 2]);
  });

  it('goes lowest slot first when the answer is 0', () => {
    const agenda = agendaOf(30);
    for (const slot of [29, 2, 11, 7]) arm(agenda, slot, 5);
    expect(drain(agenda)).toEqual(['2@5', '7@5', '11@5', '29@5']);
  });

  it('asks nothing when it is alone', () => {
    const answers = new Answers();
    const agenda = agendaOf(3, answers);
    arm(agenda, 0, 5);
    arm(agenda, 1, 6);
    drain(agenda);
    expect(answers.heard).toEqual([]);
  });
});

describe('a task', () => {
  it('that idles is woken at once', () => {
    const agenda = agendaOf(2);
    arm(agenda, 1, 7);
    agenda.next(END);
    agenda.idle(0);
    agenda.wake(0);
    expect(drain(agenda)).toEqual(['0@7']);
  });

  it('that is busy goes again when it idles, once for any number of wake-ups', () => {
    const agenda = agendaOf(2);
    agenda.wake(0);
    agenda.wake(0);
    expect(drain(agenda)).toEqual([]);
    agenda.idle(0);
    expect(drain(agenda)).toHaveLength(1);
    agenda.idle(0);
    expect(drain(agenda)).toEqual([]);
  });

  it('does not go again when what it was woken for is gone', () => {
    const agenda = agendaOf(1);
    agenda.wake(0);
    agenda.forgetWake(0);
    agenda.idle(0);
    expect(drain(agenda)).toEqual([]);
  });

  it('that was woken is busy until it idles again', () => {
    const agenda = agendaOf(1);
    agenda.idle(0);
    agenda.wake(0);
    expect(drain(agenda)).toHaveLength(1);
    agenda.wake(0);
    expect(drain(agenda)).toEqual([]);
    agenda.idle(0);
    expect(drain(agenda)).toHaveLength(1);
  });
});

describe('whether an instant has passed', () => {
  it('is clear before and after it, and nobody is asked', () => {
    const agenda = agendaOf(1);
    const answers = new Answers(1, 1);
    agenda.next(instantOf(10));
    expect(agenda.passed(instantOf(9), doorTo(answers), 'sampled')).toBe(true);
    expect(agenda.passed(instantOf(11), doorTo(answers), 'sampled')).toBe(false);
    expect(answers.heard).toEqual([]);
  });

  it('is a choice exactly at it, and the quiet answer is no', () => {
    const agenda = agendaOf(1);
    const answers = new Answers(0, 1);
    agenda.next(instantOf(10));
    expect(agenda.passed(instantOf(10), doorTo(answers), 'sampled')).toBe(false);
    expect(agenda.passed(instantOf(10), doorTo(answers), 'sampled')).toBe(true);
    expect(answers.heard[0]).toEqual({ what: 'sampled', bound: 2 });
  });
});

describe('in free timing', () => {
  it('whatever is armed may be next, whatever its delay, and the clock stands still', () => {
    const answers = new Answers(2, 0);
    const agenda = agendaOf(20, answers, 'free');
    arm(agenda, 3, 30);
    arm(agenda, 17, 10);
    arm(agenda, 9, 20_000_000);
    expect(drain(agenda)).toEqual(['17@0', '3@0', '9@0']);
    expect(answers.heard).toEqual([
      { what: 'next', bound: 3 },
      { what: 'next', bound: 2 },
    ]);
  });

  it('nothing is due when nothing is armed, and then the clock goes on', () => {
    const agenda = agendaOf(9, new Answers(), 'free');
    expect([agenda.timing, agendaOf(9).timing]).toEqual(['free', 'scenario']);
    arm(agenda, 8, 70);
    arm(agenda, 3, 70);
    agenda.disarm(3);
    expect([agenda.isArmed(3), agenda.isArmed(8), agenda.dueAt(8)]).toEqual([false, true, 0]);
    expect([agenda.next(instantOf(5)), agenda.now]).toEqual([8, 0]);
    expect([agenda.next(instantOf(5)), agenda.now]).toEqual([NOTHING_DUE, 5]);
  });

  it('whether an instant has passed is always a choice', () => {
    const agenda = agendaOf(1, new Answers(), 'free');
    const answers = new Answers(1, 0);
    const passed = (): boolean => agenda.passed(agenda.now, doorTo(answers), 'sampled');
    expect([passed(), passed()]).toEqual([true, false]);
  });
});

describe('an agenda whose due times were restored', () => {
  it('finds the earliest again', () => {
    const banks = arena();
    const agenda = new Agenda(20, banks.state, banks.clock, doorTo(new Answers()));
    banks.seal();
    arm(agenda, 11, 40);
    const snapshot = new Snapshot();
    banks.save(snapshot);
    arm(agenda, 11, 90);
    arm(agenda, 2, 10);
    expect(drain(agenda)).toEqual(['2@10', '11@90']);
    banks.restore(snapshot);
    agenda.restored();
    expect(agenda.now).toBe(0);
    expect(drain(agenda)).toEqual(['11@40']);
  });
});
