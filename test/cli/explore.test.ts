import { describe, expect, it } from 'vitest';
import { desync } from './program.js';

const TWO_STORES = 'scenarios/explore/one-page-2-stores.yaml';

describe('desync explore', () => {
  it('tells a verdict, its counts and its bound in one sentence', () => {
    const { code, out, err } = desync(['explore', TWO_STORES, '--strategy', 'clear-when-idle']);
    expect([code, err]).toEqual([0, '']);
    expect(out.replaceAll('\n', ' ')).toContain(
      'PASS-COMPLETE: 2,880 schedules, 27,690 crash points, 3,240 divergent; ' +
        'bound: 2 writebacks, the workload, latencies at 2 levels, timing scenario',
    );
    expect(out).toMatch(/shortest +25 events to a divergence/);
  });

  it('says in free timing what is not counted', () => {
    const { code, out } = desync([
      ...['explore', TWO_STORES, '--strategy', 'mark-until-unmount', '--timing', 'free'],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^PASS-COMPLETE: about .* 0 divergent;/s);
    expect(out.replace(/\s+/g, ' ')).toContain('torn images are not counted');
  });

  it('goes no further than it was told, and fails where it must not diverge', () => {
    const few = desync([
      ...['explore', TWO_STORES, '--strategy', 'mark-until-unmount'],
      ...['--timing', 'free', '--max-states', '500'],
    ]);
    expect(few.code).toBe(0);
    expect(few.out).toMatch(/^PASS-BOUNDED: not all schedules, none divergent/);
    const strict = ['--set', 'expect={ clear-when-idle: { exposed: never } }'];
    const failed = desync(['explore', TWO_STORES, ...strict, '--timing', 'free', '--first']);
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/^FAIL: /);
  });

  it('has JSON with the shortest way as choices', () => {
    const { code, out } = desync(['explore', TWO_STORES, '--json']);
    const found: unknown = JSON.parse(out);
    expect(code).toBe(0);
    expect(found).toMatchObject({
      format: 'desync/explore@1',
      verdict: 'PASS-COMPLETE',
      complete: true,
      timing: 'scenario',
      levels: 2,
      schedules: 2880,
      crashPoints: 27690,
      divergentCrashPoints: 3240,
      bound: { writebacks: 2, syncs: null, stores: null },
    });
    expect(found).toHaveProperty('shortest.steps', 25);
    expect(found).toHaveProperty('shortest.choices[0].n', 0);
    for (const part of ['stream', 'what', 'bound', 'answer']) {
      expect(found).toHaveProperty(`shortest.choices[0].${part}`);
    }
  });

  it('refuses what makes no sense', () => {
    for (const [name, value] of [
      ['--levels', '0'],
      ['--max-states', 'many'],
      ['--max-time', '5'],
      ['--timing', 'none'],
    ] as const) {
      const { code, err } = desync(['explore', TWO_STORES, name, value]);
      expect(code).toBe(2);
      expect(err).toContain(name);
    }
  });
});
