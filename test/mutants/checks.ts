/** All who may notice a planted bug, in the order in which they are asked. */
import { LAWS } from '../laws/catalogue.js';
import type { Law } from '../laws/law.js';
import { EXPLORER } from './explorer.js';
import { SWEEP } from './sweep.js';

export const CHECKS: readonly Law[] = [...LAWS, SWEEP, EXPLORER];
