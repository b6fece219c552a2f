/**
 * docs/write-a-scenario.md names every key and word of the JSON Schema and no other; its pieces
 * load.
 */
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { problemsIn } from '../scenario/example.js';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { blocks, documentAt, section, spans, tableRows } from '../support/documents.js';

const DOCUMENT = documentAt('docs/write-a-scenario.md');
const [EXAMPLE = '', ...PIECES] = blocks(DOCUMENT, 'yaml');

/** Which heading's tables name the keys below which part of the schema. */
const PLACES: Readonly<Record<string, string>> = {
  Keys: '',
  Latencies: '',
  Steps: 'step.',
  'After the crash': 'aftermathStep.',
  'Parameters of strategies': 'strategies.',
};
/** Shared by several keys; a document has no use for their names. */
const SHARED = ['latency', 'spread', 'duration', 'file'];

const plainMap = z.record(z.string(), z.unknown());

/** Every key of the schema, by its path, with its schema, and every word that a value can be. */
function told(schema: unknown, path: string, keys: Map<string, unknown>, words: Set<string>): void {
  if (Array.isArray(schema)) {
    for (const each of schema) told(each, path, keys, words);
    return;
  }
  const map = plainMap.safeParse(schema).data ?? {};
  for (const word of z.array(z.string()).catch([]).parse(map['enum'])) words.add(word);
  for (const [name, inner] of Object.entries(plainMap.catch({}).parse(map['properties']))) {
    keys.set(`${path}${name}`, inner);
    told(inner, `${path}${name}.`, keys, words);
  }
  for (const [name, inner] of Object.entries(plainMap.catch({}).parse(map['definitions']))) {
    told(inner, SHARED.includes(name) ? '' : `${name}.`, keys, words);
  }
  told(map['additionalProperties'] ?? [], `${path}NAME.`, keys, words);
  told(map['items'] ?? [], Array.isArray(map['items']) ? path : inList(path), keys, words);
  for (const way of ['anyOf', 'allOf', 'oneOf']) told(map[way] ?? [], path, keys, words);
}

function inList(path: string): string {
  return path.replace(/\.$/, '[].');
}

const KEYS = new Map<string, unknown>();
const WORDS = new Set<string>();
told(scenarioJsonSchema(), '', KEYS, WORDS);

/** What the tables say: each key by its path, and what stands beside it. */
const ROWS = Object.entries(PLACES).flatMap(([heading, prefix]) =>
  tableRows(section(DOCUMENT, heading)).map(
    ([key = '', says = '']) => [`${prefix}${key.replaceAll('`', '')}`, says] as const,
  ),
);

/** As the schema has it; of strategies' parameters, which have none there, as it tells it. */
function usualOf(key: string, schema: unknown): string | undefined {
  const { default: usual, description = '' } = z
    .object({ default: z.unknown(), description: z.string().optional() })
    .partial()
    .parse(schema);
  if (typeof usual === 'string' || typeof usual === 'number') return String(usual);
  return key.startsWith('strategies.') ? /Default: (.*)\.$/.exec(description)?.[1] : undefined;
}

/** Words that a step can be stand in the tables of steps like keys. */
const PLAIN_STEPS = ['step.sync', 'aftermathStep.fsck', 'aftermathStep.remount'];

describe('docs/write-a-scenario.md', () => {
  it('names every key that a scenario may have, and no other', () => {
    const named = ROWS.map(([key]) => key);
    const strategies = [...KEYS.keys()].filter((key) => /^strategies\.[^.]+$/.test(key));
    const expected = [...KEYS.keys(), ...PLAIN_STEPS].filter((key) => !strategies.includes(key));
    expect(named.sort()).toEqual(expected.sort());
    expect(named.length).toBeGreaterThan(70);
  });

  it('names every word that a value can be', () => {
    const said = spans(DOCUMENT);
    const missing = [...WORDS].filter((word) => !said.some((span) => span === word));
    expect(missing).toEqual([]);
    expect(WORDS.size).toBeGreaterThan(25);
  });

  it('tells the defaults of the schema', () => {
    const usual = [...KEYS].flatMap(([key, schema]) => {
      const value = usualOf(key, schema);
      return value === undefined ? [] : [[key, value] as const];
    });
    const says = new Map(ROWS);
    const wrong = usual.filter(([key, value]) => !says.get(key)?.includes(`Default: ${value}.`));
    expect(wrong).toEqual([]);
    expect(usual.length).toBeGreaterThan(15);
  });

  it('has an example without a fault', () => {
    expect(problemsIn(EXAMPLE)).toEqual([]);
  });

  it.each(PIECES)('has pieces that fit into the example: %s', (piece) => {
    const whole = { ...plainMap.parse(parse(EXAMPLE)), ...plainMap.parse(parse(piece)) };
    expect(problemsIn(stringify(whole))).toEqual([]);
  });

  it('has some pieces', () => {
    expect(PIECES.length).toBeGreaterThan(4);
  });
});
