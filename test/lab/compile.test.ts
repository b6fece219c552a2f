import { describe, expect, it } from 'vitest';
import { compile } from '../../src/lab/compile.js';
import { smallScenario } from '../support/small-scenario.js';
import { only, tell } from '../support/told.js';

/** The system calls that applications make, in order. */
function callsOf(workload: string): string[] {
  const { all } = tell(smallScenario('duration=60s', `workload=${workload}`));
  return only(all, 'step').map(({ actor, what }) => `${actor} ${what}`);
}

describe('a program', () => {
  it('runs its steps one after another', () => {
    expect(
      callsOf(
        '{ app: [{ create: /a }, { append: [/a, 1B] }, { fsync: /a }, sync, { unlink: /a }] }',
      ),
    ).toEqual(['app create /a', 'app append /a', 'app fsync /a', 'app sync', 'app unlink /a']);
  });

  it('repeats loops within loops, each as often as it says, every time anew', () => {
    const inner = '{ repeat: { every: 1ms, times: 2, do: [{ create: /i }] } }';
    const middle = `{ repeat: { every: 1ms, times: 3, do: [${inner}, { create: /m }, ${inner}] } }`;
    const calls = callsOf(
      `{ app: [{ repeat: { every: 1ms, times: 2, do: [${middle}, { create: /o }] } }, { create: /end }] }`,
    );
    const round = ['/i', '/i', '/m', '/i', '/i'];
    const turn = [...round, ...round, ...round, '/o'];
    expect(calls.map((call) => call.replace('app create ', ''))).toEqual([
      ...turn,
      ...turn,
      '/end',
    ]);
  });

  it('repeats once when it says once, and for ever when it says nothing', () => {
    const once = callsOf('{ app: [{ repeat: { every: 1ms, times: 1, do: [{ create: /a }] } }] }');
    expect(once).toHaveLength(1);
    const forEver = callsOf(
      '{ app: [{ repeat: { every: 1s, do: [{ create: /a }] } }, { create: /never }] }',
    );
    expect(new Set(forEver)).toEqual(new Set(['app create /a']));
    expect(forEver).toHaveLength(59);
  });

  it('pauses before each round', () => {
    const { all } = tell(
      smallScenario(
        'duration=10s',
        'workload={ app: [{ repeat: { every: 2s, times: 3, do: [{ create: /a }] } }] }',
      ),
    );
    const [first, second, third] = only(all, 'step').map(({ at }) => at / 1e9);
    expect(first).toBe(2);
    expect(second).toBeGreaterThanOrEqual(4);
    expect(third).toBeGreaterThanOrEqual(6);
  });

  it('waits for an instant, and goes on at once where that has passed', () => {
    const { all } = tell(
      smallScenario(
        'duration=40s',
        'workload={ app: [{ at: 30.05s }, { create: /a }, { at: 2s }, { create: /b }, { at: 31s }, { create: /c }, { create: /a }] }',
      ),
    );
    const [a, b, c] = only(all, 'step').map(({ at }) => at as number);
    expect(a).toBe(30.05e9);
    expect(b).toBeLessThan(31e9);
    expect(c).toBe(31e9);
  });

  it('is given in bursts: a repeat within a repeat', () => {
    const burst = '{ repeat: { every: 1ms, times: 3, do: [{ create: /a }] } }';
    const { all } = tell(
      smallScenario(
        'duration=30s',
        `workload={ app: [{ at: 5s }, { repeat: { every: 10s, times: 2, do: [${burst}] } }] }`,
      ),
    );
    const at = only(all, 'step').map((step) => step.at / 1e9);
    expect(at.map(Math.floor)).toEqual([15, 15, 15, 25, 25, 25]);
    expect(at[0]).toBe(15.001);
  });

  it('names each file once, whoever uses it; pids go up', () => {
    const { paths, applications } = compile(
      smallScenario(
        'workload={ one: [{ create: /a }, { create: /b }], two: [{ append: [/a, 1B] }, { create: /c }] }',
      ),
    );
    expect(paths).toEqual(['', '', '/a', '/b', '/c']);
    expect(applications.map(({ name, pid }) => [name, pid])).toEqual([
      ['one', 16],
      ['two', 17],
    ]);
    expect(applications[1]?.instructions[0]).toMatchObject({ op: 'append', file: 2 });
  });
});
