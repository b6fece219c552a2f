/** How many runs are made, as `run` and `compare` take it. */
import type { Option } from '../command.js';

export const SWEEPING: Readonly<Record<string, Option>> = {
  'check-determinism': {
    type: 'boolean',
    describe: 'make one run in twenty again in a fresh world, and compare all that came of it',
  },
  jobs: {
    type: 'string',
    value: 'N',
    describe: 'threads that make runs; usually one a core, and one alone for up to 200 runs',
  },
  bail: { type: 'string', value: 'N', describe: 'end with the N-th run that does not pass' },
  timeout: {
    type: 'string',
    value: 'TIME',
    describe: 'end with what is done after so long, such as 10min',
  },
  output: {
    type: 'string',
    value: 'FILE',
    describe: 'keep what is done, chunk by chunk, in a new file',
  },
  resume: { type: 'string', value: 'FILE', describe: 'go on where that file ends' },
  shard: {
    type: 'string',
    value: 'I/N',
    describe: 'only the I-th of N parts, for `desync merge`; needs --output',
  },
};
