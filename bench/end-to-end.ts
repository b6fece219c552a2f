/**
 * Whole runs: 120 s of an ext2 that is stored into 20 times a second, from reset to the final
 * fingerprint.
 */
import { BARE_LOOP, bareRun } from './bare-loop.js';
import { shareOf, type Bench } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { scenarioOf, TWENTY_STORES } from './scenarios.js';
import { laboratory } from '../src/lab/laboratory.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';
import { instantOf } from '../src/sim/time.js';
import { seeded } from '../src/sim/seeded.js';

const RUNS = 500;
const WARM_UP = 200;

export const endToEndBench: Bench = {
  lines: [
    {
      what: 'ext2, 120 s, 20 stores a second',
      unit: 'k simulated s/s',
      beside: BARE_LOOP,
      aim: { of: 'ours', least: 100 },
    },
    {
      what: 'the same, by its events',
      unit: 'M events/s',
      beside: BARE_LOOP,
      aim: { of: 'ours', least: 3 },
    },
    {
      what: 'the same, without application steps',
      unit: 'M events/s',
      beside: BARE_LOOP,
    },
  ],
  measure(effort) {
    const scenario = scenarioOf(TWENTY_STORES);
    const { world } = laboratory(scenario, clearWhenIdle);
    const totals = { events: 0, ofApplication: 0 };
    const runs = shareOf(RUNS, effort);
    const run = (seed: number): void => {
      world.reset(seeded(String(seed)));
      world.runTo(instantOf(scenario.duration - 1));
      world.finish(instantOf(scenario.duration));
      totals.events += world.events;
      totals.ofApplication += world.applicationEvents;
    };
    const runAll = (): void => {
      totals.events = totals.ofApplication = 0;
      for (let seed = 1; seed <= runs; seed++) run(seed);
    };
    for (let seed = 1; seed <= shareOf(WARM_UP, effort); seed++) run(seed);
    runAll();
    const { events, ofApplication } = totals;
    const eachRun = Math.round(events / runs);
    const { ours, theirs } = inTurn(
      effort.times,
      () => secondsOf(runAll),
      () =>
        secondsOf(() => {
          for (let seed = 1; seed <= runs; seed++) bareRun(String(seed), eachRun);
        }),
    );
    const simulated = (runs * scenario.duration) / 1e9;
    const per = (amount: number): { ours: number; theirs: number } => ({
      ours: amount / ours,
      theirs: amount / theirs,
    });
    return [per(simulated / 1e3), per(events / 1e6), per((events - ofApplication) / 1e6)];
  },
};
