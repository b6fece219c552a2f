/**
 * The scenario file as JSON Schema (draft 7), so that editors complete and explain.
 *
 * Leaves out what must fit together: `rules.ts`, the order of percentiles and of the ends of a
 * range.
 */
import { z } from 'zod';
import { scenarioSchema } from './schema.js';

export function scenarioJsonSchema(): object {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-7' });
  return { ...schema, title: 'desync scenario' };
}
