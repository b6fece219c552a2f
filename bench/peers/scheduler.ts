/**
 * The race of scenarios/short.yaml as fast-check's users write it: promises that `fc.scheduler`
 * lets go one by one, in any order. A page is a number, a leg is a number; no file system, no disk
 * format.
 *
 * As many events as the short run has. What is judged is the same: power fails after one of them,
 * or while the page waits to be written again; the record is believed, and the legs differ or not.
 */
import { asyncProperty, check, nat, scheduler, type Scheduler } from 'fast-check';

const EVENTS = 26;

interface Disks {
  readonly legs: [number, number];
  marked: boolean;
}

/** How many of so many runs end in divergence. */
export async function scheduledRuns(runs: number, seed: number): Promise<number> {
  let diverged = 0;
  const property = asyncProperty(scheduler(), nat(2 * EVENTS), async (order, crashAfter) => {
    if (await race(order, crashAfter)) diverged++;
  });
  const { failed } = await check(property, { numRuns: runs, seed, endOnFailure: true });
  if (failed) throw new Error('the toy threw');
  return diverged;
}

async function race(order: Scheduler, crashAfter: number): Promise<boolean> {
  const disks: Disks = { legs: [0, 0], marked: false };
  let durable: Disks | undefined;
  let page = 1;
  let events = 0;

  const step = async (what: string): Promise<void> => {
    await order.schedule(Promise.resolve(), what);
    if (events++ === crashAfter) durable = { legs: [...disks.legs], marked: disks.marked };
  };
  const leg = async (number: 0 | 1): Promise<void> => {
    for (const at of ['queued', 'dispatched', 'sampled']) await step(at);
    const sample = page;
    for (const at of ['transferred', 'landed']) await step(at);
    disks.legs[number] = sample;
  };
  const mirror = async (): Promise<void> => {
    for (const at of ['page is found', 'write is submitted', 'pass begins']) await step(at);
    for (const at of ['mark is written', 'mark has landed']) await step(at);
    disks.marked = true;
    await Promise.all([leg(0), leg(1)]);
    for (const at of ['completed', 'clear is written', 'clear has landed']) await step(at);
    disks.marked = false;
  };
  const application = async (): Promise<void> => {
    for (const at of ['opens', 'maps', 'looks', 'is preempted']) await step(at);
    for (const at of ['wakes', 'faults', 'stores']) await step(at);
    page = 2;
    await step('marks it dirty');
  };

  const all = Promise.all([mirror(), application()]);
  await order.waitIdle();
  await all;
  if (events !== EVENTS) throw new Error(`${events} events, not ${EVENTS}`);
  const { legs, marked } = durable ?? disks;
  return !marked && legs[0] !== legs[1];
}
