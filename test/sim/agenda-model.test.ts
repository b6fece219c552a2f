import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Agenda, NOTHING_DUE } from '../../src/sim/agenda.js';
import { arena } from '../../src/sim/arena.js';
import { durationOf, instantOf } from '../../src/sim/time.js';
import { doorTo } from './answers.js';

/** The agenda as one would write it first: a list, sorted by due time, then by slot. */
class NaiveAgenda {
  now = 0;
  armed: { slot: number; at: number }[] = [];
  readonly idle = new Set<number>();
  readonly latched = new Set<number>();

  arm(slot: number, delay: number): void {
    this.disarm(slot);
    this.armed.push({ slot, at: this.now + delay });
  }

  disarm(slot: number): void {
    this.armed = this.armed.filter((entry) => entry.slot !== slot);
  }

  wake(slot: number): void {
    if (this.idle.delete(slot)) this.arm(slot, 0);
    else this.latched.add(slot);
  }

  goIdle(slot: number): void {
    if (this.latched.delete(slot)) this.arm(slot, 0);
    else this.idle.add(slot);
  }

  next(until: number, choose: (bound: number) => number): number {
    const at = Math.min(...this.armed.map((entry) => entry.at));
    if (at > until) {
      this.now = until;
      return NOTHING_DUE;
    }
    this.now = at;
    const due = this.armed.filter((entry) => entry.at === at).map((entry) => entry.slot);
    due.sort((a, b) => a - b);
    const slot = due.length === 1 ? due[0]! : due[choose(due.length)]!;
    this.disarm(slot);
    return slot;
  }
}

type Act =
  | { readonly kind: 'arm'; readonly slot: number; readonly delay: number }
  | { readonly kind: 'disarm' | 'wake' | 'idle'; readonly slot: number }
  | { readonly kind: 'next'; readonly span: number };

const slot = fc.nat(69);
// Few distinct delays, so that many slots are due together.
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('arm'), slot, delay: fc.nat(6) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('disarm', 'wake', 'idle'), slot }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('next'), span: fc.nat(9) }) },
);

/** An answer that depends on the question's number and bound only. */
function answering(): (bound: number) => number {
  let n = 0;
  return (bound) => (7 * n++ + 3) % bound;
}

it('an agenda of any size does what a sorted list does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.array(act, { minLength: 20, maxLength: 150 }),
      (slots, acts) => {
        const { state, clock } = arena();
        const agenda = new Agenda(slots, state, clock, doorTo({ choose: answering() }));
        const naive = new NaiveAgenda();
        const choose = answering();
        for (const step of acts) {
          switch (step.kind) {
            case 'arm':
              agenda.arm(step.slot % slots, durationOf(step.delay));
              naive.arm(step.slot % slots, step.delay);
              break;
            case 'disarm':
              agenda.disarm(step.slot % slots);
              naive.disarm(step.slot % slots);
              break;
            case 'wake':
              agenda.wake(step.slot % slots);
              naive.wake(step.slot % slots);
              break;
            case 'idle':
              agenda.idle(step.slot % slots);
              naive.goIdle(step.slot % slots);
              break;
            case 'next': {
              const until = instantOf(naive.now + step.span);
              expect(agenda.next(until)).toBe(naive.next(until, choose));
              expect(agenda.now).toBe(naive.now);
            }
          }
        }
        for (let s = 0; s < slots; s++) {
          const at = naive.armed.find((entry) => entry.slot === s)?.at;
          expect(agenda.isArmed(s)).toBe(at !== undefined);
          expect(agenda.dueAt(s)).toBe(at ?? Infinity);
        }
      },
    ),
    { numRuns: 400 },
  );
});
