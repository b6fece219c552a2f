import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MODEL_VERSION } from '../../src/lab/model-version.js';
import { ROOT } from './program.js';

const golden = z
  .looseObject({ modelVersion: z.number() })
  .parse(JSON.parse(readFileSync(`${ROOT}test/golden/fingerprints.json`, 'utf8')));

/** A run of every scenario takes longer: what is of another version is told before that. */
const MOST_MS = 10_000;

describe('the check of fingerprints that are kept', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-kept-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    [MODEL_VERSION + 1, `${MODEL_VERSION + 1}`],
    [MODEL_VERSION - 1, `${MODEL_VERSION - 1}`],
    [undefined, 'of no version'],
  ])('refuses those of model version %s', (modelVersion, told) => {
    const file = join(folder, 'kept.json');
    writeFileSync(file, JSON.stringify({ ...golden, modelVersion }));
    const args = [`${ROOT}build/fingerprints.mjs`, '--check', file];
    const { status, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout: MOST_MS,
    });
    expect([status, stdout]).toEqual([3, `model version: ${MODEL_VERSION}, kept is ${told}\n`]);
  });
});
