/** What an administrator does after the crash. */
import { z } from 'zod';
import { filePath } from './file-path.js';
import { oneKey, word } from './keyed.js';
import { refusal } from './refusal.js';
import { pathAndSize } from './workload-schema.js';
import type { AftermathStep } from '../aftermath/steps.js';

const leg = z
  .string({ error: refusal({ expected: 'a leg, such as leg0' }) })
  .regex(/^leg[0-8]$/, { error: refusal({ expected: 'a leg from leg0 to leg8' }) });

const MAP_STEPS: Readonly<Record<string, z.ZodType<AftermathStep>>> = {
  remove: leg
    .transform((name): AftermathStep => ({ do: 'remove', leg: Number(name.slice(3)) }))
    .describe('Takes a leg out of the mirror; the next one becomes the default leg.'),
  create: filePath
    .transform((path): AftermathStep => ({ do: 'create', path }))
    .describe('Makes an empty file.'),
  append: pathAndSize('append')
    .transform(([path, bytes]): AftermathStep => ({ do: 'append', path, bytes }))
    .describe('Writes so many bytes at the end of a file: [path, size].'),
  unlink: filePath
    .transform((path): AftermathStep => ({ do: 'unlink', path }))
    .describe('Deletes a file.'),
  read: filePath
    .transform((path): AftermathStep => ({ do: 'read', path }))
    .describe('Reads a file back and compares.'),
};

const plainStep = word(['fsck', 'remount'])
  .transform((name): AftermathStep => ({ do: name }))
  .describe('fsck: checks and repairs through the mirror. remount: forgets what was cached.');

const EXPECTED = `a step: fsck, remount, or a map of one of ${Object.keys(MAP_STEPS).join(', ')}`;

export const aftermathStep: z.ZodType<AftermathStep> = z
  .union([plainStep, oneKey<AftermathStep>('a step', MAP_STEPS)], {
    error: refusal({ expected: EXPECTED, among: ['fsck', 'remount'] }),
  })
  .meta({ id: 'aftermathStep' });
