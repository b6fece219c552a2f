import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore } from '../../src/lab/explore.js';
import { witnessOf } from '../../src/lab/exploring/witness.js';
import { VERDICTS } from '../../src/lab/outcome.js';
import { Runner } from '../../src/lab/runner.js';
import { formatProblem } from '../../src/scenario/problem.js';
import { loadSchedule, plainSchedule, type Schedule } from '../../src/scenario/schedule.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const ORIGIN = { file: 'x.json' };

function found(): Schedule {
  const scenario = shippedScenario('explore/one-page-2-stores.yaml', 'limits.events=20000');
  const wanted = { timing: 'free', levels: 2, mostStates: undefined, untilFirst: true } as const;
  const { shortest } = explore(scenario, clearWhenIdle, { ...wanted, stop: () => false });
  return {
    version: '0.1.0',
    strategy: { name: clearWhenIdle.name, sha256: 'a'.repeat(64) },
    failure: { outcome: 'diverged', harm: undefined, block: 'data' },
    scenario: witnessOf(scenario, wanted, shortest?.choices ?? []),
  };
}

const SCHEDULE = found();
const TEXT = JSON.stringify(plainSchedule(SCHEDULE), undefined, 2);

/** Every place in a value; the first is all of it. */
function* placesIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries<unknown>({ ...value })) {
    yield* placesIn(inner, [...path, key]);
  }
}

/** undefined: that place is gone. */
function changedAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, n) => {
      const other = String(n) === key ? changedAt(item, rest, by) : item;
      return other === undefined ? [] : [other];
    });
  }
  const map = Object.entries<unknown>({ ...(value as object) });
  return Object.fromEntries(map.map(([k, v]) => [k, k === key ? changedAt(v, rest, by) : v]));
}

const PLAIN: unknown = JSON.parse(TEXT);
const PLACES = [...placesIn(PLAIN)].slice(1);

const spoiltTexts = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...PLACES),
      fc.oneof(
        fc.constant(undefined),
        fc.constantFrom(0, 1, 2, 3, -1, 2 ** 53, '', '0s', '1KiB', 'free', 'scenario', 'next'),
        fc.constantFrom('none', '30s', '__proto__', './x.js', [], {}, null),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    )
    .map(([path, by]) => JSON.stringify(changedAt(PLAIN, path, by))),
  fc.tuple(fc.nat(TEXT.length), fc.nat(40), fc.string({ maxLength: 3 })).map(([at, gone, by]) => {
    return TEXT.slice(0, at) + by + TEXT.slice(at + gone);
  }),
);

describe('a schedule', () => {
  it('is read as it was written', () => {
    expect(loadSchedule(TEXT, ORIGIN)).toEqual({ ok: true, schedule: SCHEDULE });
  });

  it('has the answers of its run: without them it is none', () => {
    const loaded = loadSchedule(
      JSON.stringify(changedAt(PLAIN, ['scenario', 'choices'], undefined)),
      ORIGIN,
    );
    expect(loaded.ok).toBe(false);
  });

  it('that is spoilt somewhere is refused with a place, or runs to a verdict', () => {
    const runner = new Runner();
    let refused = 0;
    let ran = 0;
    fc.assert(
      fc.property(spoiltTexts, (text) => {
        const loaded = loadSchedule(text, ORIGIN);
        if (!loaded.ok) {
          refused++;
          expect(loaded.problems).not.toEqual([]);
          for (const problem of loaded.problems) {
            expect(formatProblem(problem, false)).toMatch(/^x\.json:\d+:\d+ /);
          }
          return;
        }
        const { scenario } = loaded.schedule;
        if (scenario.filesystem.bytes > 2 ** 20 || scenario.limits.events > 20_000) return;
        ran++;
        const { verdict, reasons } = runner.run(scenario, clearWhenIdle, scenario.seed);
        expect(VERDICTS).toContain(verdict);
        if (verdict === 'ERROR') expect(reasons).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(50);
    expect(ran).toBeGreaterThan(20);
  });
});
