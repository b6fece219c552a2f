import { describe, expect, it } from 'vitest';
import { EXAMPLE, complaintsAbout, problemsIn, scenarioIn, spoilt } from './example.js';
import { DRIVES } from '../../src/media/drives.js';
import { milliseconds, seconds } from '../../src/sim/time.js';

describe('a scenario file', () => {
  it('becomes a scenario of plain numbers', () => {
    expect(scenarioIn(EXAMPLE)).toEqual({
      name: 'x',
      story: 'An append races pdflush, and the file is fsynced.',
      seed: '7',
      duration: 120e9,
      kernel: 'linux-2.6.25',
      memoryBytes: 256 * 1024 * 1024,
      mirror: {
        regionBytes: 512 * 1024,
        initially: 'in-sync',
        legs: [DRIVES['hdd-7200'], DRIVES.nvme],
        log: DRIVES['ssd-sata'],
      },
      filesystem: { type: 'ext2', blockBytes: 1024, bytes: 64 * 1024 * 1024 },
      files: [],
      fileTimes: 'change',
      preemption: { kind: 'uniform', from: 0, to: 200e3 },
      workload: [
        {
          name: 'app',
          pid: 16,
          steps: [
            { do: 'create', path: '/a' },
            {
              do: 'repeat',
              every: { kind: 'uniform', from: 10e6, to: 90e6 },
              times: undefined,
              steps: [
                { do: 'append', path: '/a', bytes: 1024 },
                { do: 'fsync', path: '/a' },
              ],
            },
          ],
        },
      ],
      strategies: {},
      crash: { kind: 'first-exposed' },
      recovery: { interruptedAt: [] },
      aftermath: [
        { do: 'fsck' },
        { do: 'remove', leg: 0 },
        { do: 'remount' },
        { do: 'create', path: '/b' },
        { do: 'read', path: '/a' },
      ],
      expect: {
        'clear-when-idle': {
          outcome: 'harmed',
          exposed: undefined,
          harm: ['block-used-twice'],
          applicationsFault: undefined,
        },
      },
      limits: { events: 50_000_000 },
      bound: { writebacks: undefined, syncs: undefined, stores: undefined },
      timing: 'scenario',
    });
  });

  it('may have files at boot, and a bound for trying everything', () => {
    const { files, fileTimes, bound } = scenarioIn(
      EXAMPLE,
      'files={ /a: 4KiB, /b: 1KiB }',
      'fileTimes=stay',
      'bound.writebacks=2',
    );
    expect(files).toEqual([
      { path: '/a', bytes: 4096 },
      { path: '/b', bytes: 1024 },
    ]);
    expect(fileTimes).toBe('stay');
    expect(bound).toEqual({ writebacks: 2, syncs: undefined, stores: undefined });
  });

  it('may use a file that is there at boot, in the workload and afterwards', () => {
    const used = ['workload={ app: [{ fsync: /x }] }', 'aftermath=[{ read: /x }]'];
    expect(complaintsAbout(EXAMPLE, ...used)).toHaveLength(2);
    expect(complaintsAbout(EXAMPLE, ...used, 'files={ /x: 1KiB }')).toEqual([]);
  });

  it('may not have more files at boot than half the file system holds', () => {
    const small = 'filesystem={ type: ext2, blockSize: 1KiB, size: 64KiB }';
    const fits = ['mirror.regionSize=4KiB', small, 'files={ /x: 31KiB, /y: 1B }'];
    expect(complaintsAbout(EXAMPLE, ...fits)).toEqual([]);
    expect(complaintsAbout(EXAMPLE, ...fits, 'files={ /x: 31KiB, /y: 1025B }')[0]).toMatch(/half/);
  });

  it('may not have more files at boot than mke2fs makes inodes for', () => {
    const small = 'filesystem={ type: ext2, blockSize: 1KiB, size: 64KiB }';
    const files = (...names: readonly string[]): string =>
      `files={ ${names.map((name) => `/${name}: 1B`).join(', ')} }`;
    const fits = ['mirror.regionSize=4KiB', small, files('v', 'w', 'x', 'y', 'z')];
    expect(complaintsAbout(EXAMPLE, ...fits)).toEqual([]);
    expect(complaintsAbout(EXAMPLE, ...fits, files('u', 'v', 'w', 'x', 'y', 'z'))).toEqual([
      '--set:1:1 files: expected at most 5 files, for which 64KiB have inodes, found 6',
    ]);
  });

  it('may not have a size of which mke2fs would leave out the end', () => {
    const size = 'filesystem.size=33000KiB';
    const told = complaintsAbout(EXAMPLE, size, 'files={ /x: 1B }');
    expect(told).toEqual([
      '--set:1:17 filesystem.size: expected another size: the last group would have 231 blocks, fewer than 259; 32769 blocks or 28 blocks more would do, found "33000KiB"',
    ]);
    for (const fits of ['32769KiB', '33028KiB']) {
      expect(complaintsAbout(EXAMPLE, `filesystem.size=${fits}`)).toEqual([]);
    }
  });

  it('may leave out whatever has a default', () => {
    const bare = EXAMPLE.split('\n').filter(
      (line) => !/^(seed|preempt|crash|after|expect)/.test(line),
    );
    const scenario = scenarioIn(bare.join('\n'));
    expect(scenario.seed).toBe('1');
    expect(scenario.preemption).toEqual({ kind: 'uniform', from: 0, to: 0 });
    expect(scenario.crash).toEqual({ kind: 'none' });
    expect(scenario.aftermath).toEqual([]);
    expect(scenario.expect).toEqual({});
    expect(scenario.limits).toEqual({ events: 50_000_000 });
  });

  it('cannot be changed once it is loaded', () => {
    const scenario = scenarioIn(EXAMPLE);
    const parts = [
      scenario,
      scenario.mirror.legs,
      scenario.mirror.legs[0],
      scenario.workload[0]?.steps,
    ];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual([true, true, true, true]);
  });

  it.each([
    ['hdd-7200', DRIVES['hdd-7200']],
    [
      '{ firstSample: 1ms, durable: { list: [2ms, 8ms] } }',
      {
        firstSample: { kind: 'uniform', from: 1e6, to: 1e6 },
        durable: { kind: 'list', values: [2e6, 8e6] },
        sectorTime: 0,
      },
    ],
    [
      '{ firstSample: { percentiles: { p100: 50ms, p0: 1ms, p99.9: 20ms } }, durable: 0s, sectorTime: 6us }',
      {
        firstSample: {
          kind: 'percentiles',
          points: [
            { percent: 0, latency: 1e6 },
            { percent: 99.9, latency: 20e6 },
            { percent: 100, latency: 50e6 },
          ],
        },
        durable: { kind: 'uniform', from: 0, to: 0 },
        sectorTime: 6e3,
      },
    ],
  ])('takes the drive %s', (latency, drive) => {
    expect(scenarioIn(spoilt('nvme', latency)).mirror.legs[1]).toEqual(drive);
  });

  it('gives the applications pids in the order of the file', () => {
    const three = 'workload:\n  b: [sync]\n  a: { pid: 99, steps: [sync] }\n  c: [sync]\n  app:';
    const { workload } = scenarioIn(spoilt('workload:\n  app:', three));
    expect(workload.map(({ name, pid }) => `${name} ${pid}`)).toEqual([
      'b 16',
      'a 99',
      'c 18',
      'app 19',
    ]);
  });

  it('reads every step there is', () => {
    const steps =
      '[{ create: /c }, { overwrite: [/c, 0B, 2B] }, { unlink: /c }, { sleep: 5s }, sync]';
    const { workload } = scenarioIn(spoilt('  app:', `  other: ${steps}\n  app:`));
    expect(workload[0]?.steps).toEqual([
      { do: 'create', path: '/c' },
      { do: 'overwrite', path: '/c', offset: 0, bytes: 2 },
      { do: 'unlink', path: '/c' },
      { do: 'sleep', for: { kind: 'uniform', from: seconds(5), to: seconds(5) } },
      { do: 'sync' },
    ]);
  });

  it('may have its recovery interrupted, time after time', () => {
    const interrupted = (shares: string): string =>
      spoilt('aftermath:', `recovery: { interruptedAt: ${shares} }\naftermath:`);
    expect(scenarioIn(interrupted('[50%, 0%, 99%]')).recovery.interruptedAt).toEqual([50, 0, 99]);
    for (const wrong of ['[100%]', '[50]', '[-1%]', '[5.5%]', '[050%]', '50%']) {
      expect(problemsIn(interrupted(wrong))).toHaveLength(1);
    }
  });

  it('may crash at an instant, up to its end', () => {
    expect(scenarioIn(spoilt('first-exposed', '120s')).crash).toEqual({ kind: 'at', at: 120e9 });
    expect(scenarioIn(spoilt('first-exposed', '1.5ms')).crash).toEqual({
      kind: 'at',
      at: milliseconds(1.5),
    });
  });

  it('follows aliases', () => {
    const text = spoilt(
      '[{ latency: hdd-7200 }, { latency: nvme }]',
      '[&leg { latency: nvme }, *leg]',
    );
    expect(scenarioIn(text).mirror.legs).toEqual([DRIVES.nvme, DRIVES.nvme]);
  });

  it('takes the largest seed there is', () => {
    expect(scenarioIn(spoilt('seed: 7', 'seed: 9007199254740991')).seed).toBe('9007199254740991');
  });

  it('takes a strategy that lies somewhere, and names that objects have', () => {
    const { expect: expected } = scenarioIn(spoilt('clear-when-idle', './my/fix.js'));
    expect(Object.keys(expected)).toEqual(['./my/fix.js']);
    expect(scenarioIn(spoilt('  app:', '  constructor:')).workload[0]?.name).toBe('constructor');
  });

  it('may have a pause of nothing in a repeat of nothing: the limit of events ends it', () => {
    const text = spoilt('every: { uniform: [10ms, 90ms] }', 'every: 0s').replace(
      '[{ append: [/a, 1KiB] }, { fsync: /a }]',
      '[{ create: /a }]',
    );
    expect(scenarioIn(text).workload).toHaveLength(1);
  });

  it('may use a file that another application creates', () => {
    const other = '  early: [{ sleep: 1s }, { fsync: /a }]\n  app:';
    expect(scenarioIn(spoilt('  app:', other)).workload).toHaveLength(2);
  });

  it.each([['\ufeff'], ['# only a comment\r\n'], ['---\n']])('may begin with %j', (begin) => {
    expect(scenarioIn(`${begin}${EXAMPLE.replaceAll('\n', '\r\n')}`).seed).toBe('7');
  });
});
