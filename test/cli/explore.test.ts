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

  it('tells the shortest way as a table, by time or by steps', () => {
    const timed = desync(['explore', TWO_STORES, '--strategy', 'clear-when-idle']).out;
    expect(/^Sector [^]*?(?=\n\nrepeat)/m.exec(timed)?.[0]).toMatchInlineSnapshot(`
      "Sector 40 (data of /page, block 0), region 5

        seconds  app     pdflush     mirror      leg 0     leg 1     region log
       0.000000  store into a mapping: inode 12
      30.000000          writes it
      30.002000                                                      region 5 marked
      30.006000                                  samples old
      30.007000                                  lands old
      30.007000  store into a mapping: inode 12
      30.010020                                            *1 samples new
      30.011020                      complete              lands new
      30.013020                                                      *2 region 5 clean
      30.013020  ==== crash: power is lost ===========================================
       recovery  nothing to copy: every region was believed clean; sector 40 stays
                 different on the legs

      *1 splits the legs: this sample came after a store, another before it
      *2 seals it: the record calls the region clean, the legs differ"
    `);
    const free = desync([
      ...['explore', TWO_STORES, '--strategy', 'clear-when-idle', '--timing', 'free', '--first'],
    ]).out;
    expect(/^Sector [^]*?(?=\n\nrepeat)/m.exec(free)?.[0]).toMatchInlineSnapshot(`
      "Sector 40 (data of /page, block 0), region 5

          step  app     pdflush     mirror      leg 0     leg 1     region log
             7          writes it
             9                                                      region 5 marked
            11                                  samples and lands old
            15  store into a mapping: inode 12
            16                      complete              *1 samples and lands new
            18                                                      *2 region 5 clean
            18  ==== crash: power is lost ============================================
      recovery  nothing to copy: every region was believed clean; sector 40 stays
                different on the legs

      *1 splits the legs: this sample came after a store, another before it
      *2 seals it: the record calls the region clean, the legs differ"
    `);
  });

  it('has the same rows in its JSON', () => {
    const { out } = desync(['explore', TWO_STORES, '--timing', 'free', '--first', '--json']);
    expect(out).toMatch(/"step": 18,\s+"actor": "log",[^}]+"mark": "sealed"/);
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
