/**
 * Random tests try the same cases every time, so that a red one is about the change; a campaign
 * tries others.
 */
import fc from 'fast-check';
import { CAMPAIGN } from './campaign.js';

if (CAMPAIGN === 1) fc.configureGlobal({ seed: 20080402 });
