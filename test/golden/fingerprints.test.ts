/**
 * What every shipped scenario comes to under every strategy is kept. Where a change of the model is
 * meant, raise MODEL_VERSION and keep what `npm run --silent fingerprints` prints.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fingerprintOf } from '../../src/lab/fingerprint-of.js';
import { MODEL_VERSION } from '../../src/lab/model-version.js';
import { Runner } from '../../src/lab/runner.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { CAMPAIGN } from '../support/campaign.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';

const kept = z
  .object({
    modelVersion: z.number(),
    fingerprints: z.record(z.string(), z.record(z.string(), z.string())),
  })
  .parse(JSON.parse(readFileSync(new URL('fingerprints.json', import.meta.url), 'utf8')));

/**
 * Each scenario under every third strategy, another third for the next; a campaign has them all.
 */
const ONE_IN = 3;

describe('the fingerprints that are kept', () => {
  it('are of this version of the model, of every scenario', () => {
    expect(kept.modelVersion).toBe(MODEL_VERSION);
    expect(Object.keys(kept.fingerprints).sort()).toEqual(shippedScenarios());
  });

  it.each(shippedScenarios())(
    '%s comes to the same under every strategy',
    (path) => {
      const scenario = shippedScenario(path);
      expect(Object.keys(kept.fingerprints[path] ?? {})).toEqual(SHIPPED.map(({ name }) => name));
      const place = shippedScenarios().indexOf(path);
      const tried = SHIPPED.filter((_, n) => CAMPAIGN > 1 || (place + n) % ONE_IN === 0);
      const found = tried.map((strategy) => [
        strategy.name,
        fingerprintOf(scenario, strategy, scenario.seed),
      ]);
      expect(found.length).toBeGreaterThan(0);
      expect(kept.fingerprints[path]).toMatchObject(Object.fromEntries(found));
    },
    120_000,
  );

  it('are those that a run tells', () => {
    const scenario = shippedScenario('shapes/hot-region.yaml');
    const { fingerprint } = new Runner().run(scenario, clearWhenIdle, scenario.seed);
    expect(fingerprint).toBe(kept.fingerprints['shapes/hot-region.yaml']?.['clear-when-idle']);
  });
});
