/**
 * The race of scenarios/short.yaml as fast-check's users write it: promises that `fc.scheduler` lets
 * go one by one, in any order. A page is a number, a leg is a number; no file system, no disk format.
 *
 * As many events as the short run has. What is judged is the same: power fails somewhere, the
 * record is believed, and the legs differ or not.
 */
import { asyncProperty, check, scheduler, type Scheduler } from 'fast-check';

interface Disks {
  readonly legs: [number, number];
  marked: boolean;
}

/** How many of so many runs end in divergence. */
export async function scheduledRuns(runs: number, seed: number): Promise<number> {
  let diverged = 0;
  const property = asyncProperty(scheduler(), async (order) => {
    if (await race(order)) diverged++;
  });
  const { failed } = await check(property, { numRuns: runs, seed, endOnFailure: true });
  if (failed) throw new Error('the toy threw');
  return diverged;
}

async function race(order: Scheduler): Promise<boolean> {
  const step = (what: string): Promise<void> => order.schedule(Promise.resolve(), what);
  const disks: Disks = { legs: [0, 0], marked: false };
  const crashed: Disks = { legs: [0, 0], marked: false };
  let page = 1;

  const leg = async (number: 0 | 1): Promise<void> => {
    await step('queued');
    await step('dispatched');
    await step('sampled');
    const sample = page;
    await step('transferred');
    await step('landed');
    disks.legs[number] = sample;
  };
  const mirror = async (): Promise<void> => {
    for (const at of ['page is found', 'write is submitted', 'pass begins']) await step(at);
    await step('mark is written');
    await step('mark has landed');
    disks.marked = true;
    await Promise.all([leg(0), leg(1)]);
    await step('completed');
    await step('clear is written');
    await step('clear has landed');
    disks.marked = false;
  };
  const application = async (): Promise<void> => {
    for (const at of ['opens', 'is preempted', 'wakes', 'faults']) await step(at);
    page = 2;
    await step('marks it dirty');
  };
  const power = async (): Promise<void> => {
    for (const at of ['on', 'still on', 'fails']) await step(at);
    crashed.legs[0] = disks.legs[0];
    crashed.legs[1] = disks.legs[1];
    crashed.marked = disks.marked;
  };

  const all = Promise.all([mirror(), application(), power()]);
  await order.waitIdle();
  await all;
  if (crashed.marked) crashed.legs[1] = crashed.legs[0];
  return crashed.legs[0] !== crashed.legs[1];
}
