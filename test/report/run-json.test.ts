import { describe, expect, it } from 'vitest';
import { envelope, jsonText, runJson } from '../../src/report/run-json.js';
import { clean, harmed } from './mail-race.js';

describe('a run as JSON', () => {
  it('has every field, whatever happened', () => {
    expect(runJson(harmed)).toEqual({
      scenario: 'ext2-bitmap',
      strategy: 'clear-when-idle',
      strategySource: null,
      seed: '1',
      verdict: 'PASS-BOUNDED',
      reasons: [],
      outcome: 'harmed',
      events: 48213,
      timing: 'scenario',
      simulatedNs: 120e9,
      raceHits: 3,
      storesUnderWrite: 1204,
      exposure: {
        fraction: 0.2512,
        windowCount: 2,
        windows: [
          { fromNs: 35018402113, toNs: 65138402113, regions: [0] },
          { fromNs: 119974000000, toNs: 120000000000, regions: [0] },
        ],
        byApplication: { fraction: 0, windowCount: 0 },
      },
      costs: harmed.costs,
      crash: { atNs: 35018402113, markedRegions: 0 },
      recovery: { resyncedRegions: 0, resyncBytes: 0, durationNs: 0 },
      aftermath: harmed.aftermath,
      divergence: harmed.divergence,
      harm: [
        {
          kind: 'block-used-twice',
          block: 1234,
          files: ['/a', '/b'],
          text: '',
          byApplication: false,
        },
        {
          kind: 'wrong-data',
          block: null,
          files: ['/a'],
          text: 'from byte 1024',
          byApplication: false,
        },
      ],
      fingerprint: '00c0ffee00c0ffee',
      repeat: harmed.repeat,
    });
  });

  it("names the file of a strategy of one's own, and what is in it", () => {
    const source = { path: './mine.js', sha256: 'ab'.repeat(32), name: 'mine' };
    expect(runJson({ ...harmed, strategySource: source }).strategySource).toEqual(source);
  });

  it('has null for what is absent, and leaves nothing out', () => {
    const bare = runJson({ ...clean, seed: undefined, crash: undefined, recovery: undefined });
    expect([bare.seed, bare.crash, bare.recovery]).toEqual([null, null, null]);
    expect(Object.keys(bare)).toEqual(Object.keys(runJson(harmed)));
    expect(JSON.stringify(bare)).not.toContain('undefined');
  });

  it('does not let what the lab adds become part of the format unseen', () => {
    const more = { ...harmed, secret: 1 };
    expect(Object.keys(runJson(more))).not.toContain('secret');
  });
});

describe('a JSON object', () => {
  it('says what it is, which tool wrote it and how to repeat it', () => {
    expect(jsonText(envelope('run', '0.1.0', 'FAIL', 'npx desync run x.yaml'))).toBe(
      [
        '{',
        '  "format": "desync/run@1",',
        '  "tool": {',
        '    "version": "0.1.0"',
        '  },',
        '  "verdict": "FAIL",',
        '  "repeat": "npx desync run x.yaml"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('cannot steer a terminal, and reads back as it was', () => {
    const value = { name: 'a\u001b[2J\u007f\u009b1m\u202eb' };
    const text = jsonText(value);
    expect(text).toContain('a\\u001b[2J\\u007f\\u009b1m\\u202eb');
    expect(JSON.parse(text)).toEqual(value);
  });
});
