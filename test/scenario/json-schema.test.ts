import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scenarios } from './arbitrary.js';
import { EXAMPLE, problemsIn, spoilt } from './example.js';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { printScenario } from '../../src/scenario/print.js';
import { CAMPAIGN } from '../support/campaign.js';

const SHIPPED = new URL('../../scenarios/', import.meta.url);

function mapOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function accepts(text: string): boolean {
  return validate(parse(text));
}

const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(
  scenarioJsonSchema(),
);

describe('the JSON Schema', () => {
  it('accepts the example and every scenario that is shipped', () => {
    expect(accepts(EXAMPLE)).toBe(true);
    const files = existsSync(SHIPPED) ? readdirSync(SHIPPED) : [];
    for (const file of files.filter((name) => name.endsWith('.yaml'))) {
      expect([file, accepts(readFileSync(new URL(file, SHIPPED), 'utf8'))]).toEqual([file, true]);
    }
  });

  it('accepts whatever is printed', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(accepts(printScenario(scenario))).toBe(true);
      }),
      { numRuns: 50 * CAMPAIGN },
    );
  });

  it.each([
    ['an unknown key', 'seed: 7', 'colour: red'],
    ['an unknown step', 'fsync: /a', 'fsnc: /a'],
    ['a step of two kinds', '{ create: /a }', '{ create: /a, unlink: /a }'],
    ['a missing key', 'duration: 120s\n', ''],
    ['a duration without a unit', '120s', '120'],
    ['a size with a wrong unit', '256MiB', '256MB'],
    ['a block size that ext2 lacks', 'blockSize: 1KiB', 'blockSize: 2KiB'],
    ['a seed beyond 2^53', 'seed: 7', 'seed: 9007199254740993'],
    ['one leg', '[{ latency: hdd-7200 }, { latency: nvme }]', '[{ latency: hdd-7200 }]'],
    ['a drive that is not built in', 'nvme', 'nvmee'],
    ['percentiles without an end', '{ uniform: [10ms, 90ms] }', '{ percentiles: { p0: 1ms } }'],
    ['a file below a directory', '{ create: /a }', '{ create: /dir/a }'],
    ['an append without a size', '[/a, 1KiB]', '[/a]'],
    ['a crash of no kind', 'first-exposed', 'sometime'],
    ['a harm that does not exist', 'block-used-twice', 'block-used-thrice'],
    ['a strategy that is no name', 'clear-when-idle', 'Clear When Idle'],
  ])('refuses %s, as loading does', (_title, piece, by) => {
    expect(accepts(spoilt(piece, by))).toBe(false);
    expect(problemsIn(spoilt(piece, by))).not.toEqual([]);
  });

  it('explains every key and tells its default', () => {
    const said: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries<unknown>({ ...schema })) {
        if (key === 'properties') {
          for (const [name, inner] of Object.entries(mapOf(value))) {
            const text = JSON.stringify(inner);
            if (!/"description"|"\$ref"/.test(text)) said.push(`${path}.${name}`);
          }
        }
        walk(value, `${path}.${key}`);
      }
    };
    walk(scenarioJsonSchema(), '');
    expect(said).toEqual([]);
    expect(scenarioJsonSchema()).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
      properties: {
        seed: { default: 1 },
        preemption: { default: '0s' },
        crash: { default: 'none' },
        aftermath: { default: [] },
        expect: { default: {} },
        limits: { properties: { events: { default: 50_000_000 } } },
        mirror: { properties: { initially: { default: 'in-sync' } } },
      },
    });
  });
});
