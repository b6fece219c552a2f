/**
 * Random tests try the same cases every time, so that a red one is about the change; a campaign
 * tries others, and more of them also where a test does not say how many.
 */
import fc from 'fast-check';
import { vi } from 'vitest';
import { CAMPAIGN, PATIENCE } from './campaign.js';

if (CAMPAIGN === 1) {
  fc.configureGlobal({ seed: 20080402 });
} else {
  fc.configureGlobal({ numRuns: 100 * CAMPAIGN });
  vi.setConfig({ testTimeout: PATIENCE });
}
