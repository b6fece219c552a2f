/** How results are told and what is not accepted, as `run`, `compare` and `merge` take it. */
import type { Option } from '../command.js';

export const REPORTER: Option = {
  type: 'string',
  value: 'NAME[=FILE]',
  describe:
    'default, json, jsonl, junit, tap, github or markdown, to standard output or a file; may be repeated',
};

export const REPORTING: Readonly<Record<string, Option>> = {
  reporter: REPORTER,
  'fail-on': {
    type: 'string',
    value: 'CONDITION',
    describe:
      "what fails besides what the scenario expects: 'exposure>0', 'harmed>1%'; may be repeated",
  },
};
