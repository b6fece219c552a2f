/** Names of files as scenarios write them: `/name`, one level below the root. */
import { z } from 'zod';
import { must } from './keyed.js';
import { refusal } from './refusal.js';

const FILE_PATH = /^\/[^/\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,60}$/u;
/** Every directory has the first two, mkfs makes the third. */
const TAKEN: readonly string[] = ['/.', '/..', '/lost+found'];

export const filePath = z
  .string({ error: (issue) => wrongPath(issue.input) })
  .regex(FILE_PATH, { error: (issue) => wrongPath(issue.input) })
  .check(
    must((path) => !TAKEN.includes(path), { expected: `a path other than ${TAKEN.join(', ')}` }),
  )
  .meta({
    id: 'file',
    description: 'A file: / and a name of 1 to 60 characters. Subdirectories are not modelled.',
    examples: ['/a'],
  });

function wrongPath(input: unknown): string {
  const expected = 'a path such as /a: a slash and a name of 1 to 60 characters';
  if (typeof input !== 'string') return refusal({ expected });
  if (/^\/.*\//s.test(input)) {
    return refusal({ expected: `${expected} (subdirectories are not modelled)` });
  }
  const hint = input.startsWith('/') || input.length > 60 ? undefined : `/${input}`;
  return refusal({ expected, hint: FILE_PATH.test(hint ?? '') ? hint : undefined });
}
