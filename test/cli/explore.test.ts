import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { desync, ROOT } from './program.js';

const TWO_STORES = 'scenarios/explore/one-page-2-stores.yaml';

describe('desync explore', () => {
  it('tells a verdict, its counts and its bound in one sentence', () => {
    const { code, out, err } = desync(['explore', TWO_STORES, '--strategy', 'clear-when-idle']);
    expect([code, err]).toEqual([0, '']);
    expect(out.replaceAll('\n', ' ')).toContain(
      'PASS-COMPLETE: 69,120 schedules, 646,890 crash points, 18,360 divergent; ' +
        'bound: 1 page, 2 stores, 2 writebacks, 2 syncs, latencies {20 us, 400 us, 1 ms, 5 ms}, ' +
        'pauses {4 ms, 7 ms, 8 ms}, timing scenario',
    );
    expect(out).toMatch(/shortest +25 events to a divergence/);
  });

  it('says in free timing what is not counted', () => {
    const { code, out } = desync([
      ...['explore', TWO_STORES, '--strategy', 'mark-until-unmount', '--timing', 'free'],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^PASS-COMPLETE: .* 0 divergent;/s);
    expect(out.replace(/\s+/g, ' ')).toContain('torn images are not counted');
  });

  it('goes no further than it was told, and fails where it must not diverge', () => {
    const few = desync([
      ...['explore', TWO_STORES, '--strategy', 'mark-until-unmount'],
      ...['--timing', 'free', '--max-states', '100'],
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
      schedules: 69120,
      bound: {
        pages: 1,
        metadata: false,
        stores: 2,
        writebacks: 2,
        syncs: 2,
        latenciesNs: [20_000, 399_996, 1e6, 5e6],
        pausesNs: [4e6, 7e6, 8e6],
        preemptionsNs: [0],
      },
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
             5          writes it
             7                                                      region 5 marked
             8                                  samples and lands old
            10  store into a mapping: inode 12
            11                      complete              *1 samples and lands new
            13                                                      *2 region 5 clean
            13  ==== crash: power is lost ============================================
      recovery  nothing to copy: every region was believed clean; sector 40 stays
                different on the legs

      *1 splits the legs: this sample came after a store, another before it
      *2 seals it: the record calls the region clean, the legs differ"
    `);
  });

  it('tells each kind of failure, and whose fault it is, in text and in JSON', () => {
    const bitmap = ['explore', 'scenarios/explore/bitmap/block-bitmap.yaml'];
    expect(desync(bitmap).out).toMatch(
      /kinds +block bitmap: 47 events; group descriptors: 47 events; harm\s+block-lost: 56/,
    );
    const scribble = ['explore', 'scenarios/explore/o-direct-scribble.yaml'];
    expect(desync(scribble).out).toMatch(
      /kinds +data: 26 events, the application's own, not judged/,
    );
    const told: unknown = JSON.parse(desync([...scribble, '--json']).out);
    expect(told).toMatchObject({
      verdict: 'PASS-COMPLETE',
      shortest: null,
      kinds: [
        {
          whose: 'application',
          counts: false,
          block: 'data',
          harm: null,
          suffered: [],
          steps: 26,
        },
      ],
    });
    expect(told).toHaveProperty('kinds[0].choices[0].stream');
  });

  it('has the same rows in its JSON', () => {
    const { out } = desync(['explore', TWO_STORES, '--timing', 'free', '--first', '--json']);
    expect(out).toMatch(/"step": 13,\s+"actor": "log",[^}]+"mark": "sealed"/);
  });

  it('puts strategies side by side in both timings, and says which of them lean on time', () => {
    const file = 'scenarios/explore/one-page-2-writes.yaml';
    const args = [
      'explore',
      file,
      '--strategies',
      'lock-pages,clear-when-idle',
      '--timing',
      'both',
    ];
    const { code, out } = desync(args);
    expect(code).toBe(0);
    expect(out).toMatch(/clear-when-idle +scenario +PASS-COMPLETE/);
    expect(out).toContain(
      'Safe by construction within this bound, whatever takes how long: lock-pages',
    );
    expect(out).toContain('Not safe with these times: clear-when-idle.');
    const rows = desync([...args, '--markdown'])
      .out.split('\n')
      .filter((line) => / \| free /.test(line));
    expect(rows.length).toBe(2);
    const documented = readFileSync(`${ROOT}docs/explored.md`, 'utf8');
    const [, part = ''] = documented.split('### one-page-2-writes');
    for (const row of rows) expect(part).toContain(row);
    const told: unknown = JSON.parse(desync([...args, '--json']).out);
    expect(told).toHaveProperty('searches[3].strategy', 'clear-when-idle');
  });

  it('ends after the time that the user named, with what is left', () => {
    const { code, out } = desync([
      ...['explore', TWO_STORES, '--strategy', 'clean-candidate'],
      ...['--timing', 'free', '--max-time', '50ms'],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^PASS-BOUNDED: not all schedules/);
    expect(out).toMatch(/its limit was met; [\d,]+ states were not gone on from/);
  });

  it('refuses what makes no sense', () => {
    for (const [name, value] of [
      ['--levels', '0'],
      ['--max-states', 'many'],
      ['--max-time', '5'],
      ['--timing', 'none'],
      ['--strategies', 'none'],
    ] as const) {
      const { code, err } = desync(['explore', TWO_STORES, name, value]);
      expect(code).toBe(2);
      expect(err).toContain(name);
    }
  });
});
