import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/report/run-json.js';
import { loadSchedule, plainSchedule } from '../../src/scenario/schedule.js';
import { smallScenario } from '../support/small-scenario.js';

const SCHEDULE = {
  version: '0.1.0',
  strategy: { name: 'clear-when-idle', sha256: undefined },
  failure: { outcome: 'harmed', harm: 'block-lost', block: undefined },
  scenario: { ...smallScenario(), choices: [] },
} as const;

describe('a schedule file', () => {
  it('says what was written into it', () => {
    const text = jsonText(plainSchedule(SCHEDULE));
    expect(loadSchedule(text, { file: 'x.json' })).toEqual({ ok: true, schedule: SCHEDULE });
  });

  it('that names no strategy is refused where the name should stand', () => {
    const text = jsonText({ ...plainSchedule(SCHEDULE), strategy: {} });
    const loaded = loadSchedule(text, { file: 'x.json' });
    expect(loaded).toMatchObject({ ok: false, problems: [{ path: 'strategy.name' }] });
  });

  it.each([7, {}, [], true, null, 'ab'])(
    'is refused with %j for the sum of a strategy',
    (sha256) => {
      const strategy = { name: './my.js', sha256 };
      const loaded = loadSchedule(jsonText({ ...plainSchedule(SCHEDULE), strategy }), {
        file: 'x.json',
      });
      const expected = 'a SHA-256 in 64 hexadecimal digits';
      expect(loaded).toMatchObject({
        ok: false,
        problems: [{ path: 'strategy.sha256', expected }],
      });
    },
  );

  it('that is a scenario is told what it is not, and no more', () => {
    const loaded = loadSchedule('story: Not a schedule.\nduration: 1s\n', { file: 'x.yaml' });
    expect(loaded).toMatchObject({ ok: false, problems: [{ path: 'format' }] });
  });

  it('whose format is misspelt is told so', () => {
    const loaded = loadSchedule('{ "fromat": "desync/schedule@1" }', { file: 'x.json' });
    const misspelt = expect.objectContaining({ path: 'fromat' }) as unknown;
    expect(loaded).toMatchObject({ ok: false, problems: expect.arrayContaining([misspelt]) as [] });
  });
});
