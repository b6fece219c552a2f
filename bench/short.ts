/**
 * Short runs, whole: boot, race, crash, recover, judge. One page, real bytes, and the runner that
 * every command has.
 */
import { BARE_LOOP, bareRun } from './bare-loop.js';
import { shareOf, type Bench, type Effort, type Figure } from './line.js';
import { inTurn, median, secondsOf, secondsOfAsync } from './measure.js';
import { scheduledRuns } from './peers/scheduler.js';
import { scenarioIn, scenarioOf, SHORT, SYNCED_PAGE } from './scenarios.js';
import { Runner } from '../src/lab/runner.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';

const SHORT_RUNS = 50_000;
const SYNCED_RUNS = 10_000;
const SCHEDULED_RUNS = 10_000;

export const shortBench: Bench = {
  lines: [
    {
      what: 'short runs, a mapped page, 26 events',
      unit: 'k runs/s',
      beside: BARE_LOOP,
      aim: { of: 'ours', least: 50 },
    },
    {
      what: 'the same',
      unit: 'k runs/s',
      beside: 'fc.scheduler, the race without bytes',
    },
    {
      what: 'short runs, a page under sync, 435 events',
      unit: 'k runs/s',
      beside: BARE_LOOP,
      aim: { of: 'ours', least: 50 },
    },
  ],
  async measure(effort) {
    const mapped = runsOf(scenarioIn(SHORT), shareOf(SHORT_RUNS, effort), effort);
    const synced = runsOf(scenarioOf(SYNCED_PAGE), shareOf(SYNCED_RUNS, effort), effort);
    const scheduled = shareOf(SCHEDULED_RUNS, effort);
    const seconds: number[] = [];
    for (let n = 0; n < effort.times; n++) {
      seconds.push(await secondsOfAsync(() => scheduledRuns(scheduled, n)));
    }
    const theirs = scheduled / median(seconds) / 1e3;
    return [mapped, { ours: mapped.ours, theirs }, synced];
  },
};

function runsOf(scenario: Scenario, runs: number, effort: Effort): Figure {
  const runner = new Runner();
  let events = 0;
  const runAll = (): void => {
    events = 0;
    for (let seed = 1; seed <= runs; seed++) {
      events += runner.runToSum(scenario, clearWhenIdle, String(seed)).events;
    }
  };
  runAll();
  const eachRun = Math.round(events / runs);
  const { ours, theirs } = inTurn(
    effort.times,
    () => secondsOf(runAll),
    () =>
      secondsOf(() => {
        for (let seed = 1; seed <= runs; seed++) bareRun(String(seed), eachRun);
      }),
  );
  return { ours: runs / ours / 1e3, theirs: runs / theirs / 1e3 };
}
