/** The commands as help shows them. What one does is loaded when it is called. */
import { REPORTER, REPORTING } from './reporting/options.js';
import { SWEEPING } from './sweep/options.js';
import type { Command, Option } from './command.js';

const seed: Option = {
  type: 'string',
  value: 'S',
  describe: "a whole number up to 2^53-1; without it the scenario's own",
};
const strategy: Option = {
  type: 'string',
  value: 'NAME',
  describe:
    "one of `desync strategies`, or the path of your own; without it the first in the scenario's `expect`",
};
const set: Option = {
  type: 'string',
  value: 'PATH=VALUE',
  describe: 'change the scenario before it is checked; may be repeated',
};
const force: Option = { type: 'boolean', describe: 'overwrite the file where there is one' };
const noShrink: Option = { type: 'boolean', describe: 'leave a failure as it was found' };
const json: Option = { type: 'boolean', describe: 'one JSON object instead of text' };
const reporting = { json, ...REPORTING };

export const COLOURS: Readonly<Record<string, Option>> = {
  color: { type: 'boolean', describe: 'colours even where the output is no terminal' },
  'no-color': { type: 'boolean', describe: 'no colours; NO_COLOR=1 does the same' },
};

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    operands: '<files..>',
    summary: 'Run scenarios and judge what they expect',
    options: {
      seed,
      seeds: { type: 'string', value: 'A..B', describe: 'many seeds, both ends included' },
      strategy: {
        ...strategy,
        describe:
          "one of `desync strategies`, or the path of your own; may be repeated; without it each in the scenario's `expect`",
      },
      'no-shrink': noShrink,
      set,
      ...SWEEPING,
      ...reporting,
    },
    examples: ['desync run scenarios/ext2-bitmap.yaml --seeds 0..99 --set duration=60s'],
    load: async () => (await import('./run.js')).run,
  },
  {
    name: 'compare',
    operands: '<files..>',
    summary: 'Put strategies side by side, for safety and for price',
    options: {
      strategies: {
        type: 'string',
        value: 'A,B',
        describe: 'some of `desync strategies`, or all, which is usual',
      },
      seeds: { type: 'string', value: 'A..B', describe: 'both ends included; usually 1..1000' },
      set,
      ...SWEEPING,
      ...reporting,
    },
    examples: [
      'desync compare scenarios/ext2-bitmap.yaml --strategies clear-when-idle,mark-until-unmount',
    ],
    load: async () => (await import('./compare.js')).compare,
  },
  {
    name: 'merge',
    operands: '<parts..>',
    summary: 'Put the parts of a sweep together again',
    options: { 'no-shrink': noShrink, ...reporting },
    examples: ['desync merge part*.jsonl'],
    load: async () => (await import('./merge.js')).merge,
  },
  {
    name: 'replay',
    operands: '<file>',
    summary: 'Run one seed and tell how the legs came to differ',
    options: {
      seed,
      strategy,
      all: {
        type: 'boolean',
        describe: 'every event as a timeline, not only what led to the divergence',
      },
      set,
      json,
    },
    examples: ['desync replay scenarios/ext2-bitmap.yaml --seed 1'],
    load: async () => (await import('./replay.js')).replay,
  },
  {
    name: 'explore',
    operands: '<files..>',
    summary: 'Try everything that can happen within a bound',
    options: {
      strategy,
      strategies: {
        type: 'string',
        value: 'A,B',
        describe: 'some of `desync strategies`, or all: a table of them',
      },
      timing: {
        type: 'string',
        value: 'T',
        describe: '`scenario`: due times count; `free`: anything that waits may be next; `both`',
        choices: ['scenario', 'free', 'both'],
      },
      levels: {
        type: 'string',
        value: 'K',
        describe: 'latencies that stand for a spread; usually 2',
      },
      first: { type: 'boolean', describe: 'the first divergence is enough' },
      'max-states': { type: 'string', value: 'N', describe: 'go no further than so many states' },
      'max-time': {
        type: 'string',
        value: 'TIME',
        describe: 'go no further than so long, such as 30s',
      },
      'no-shrink': noShrink,
      out: {
        type: 'string',
        value: 'F',
        describe: 'write the failure of one search, shrunk, as a schedule file',
      },
      force,
      set,
      json,
      reporter: REPORTER,
      markdown: { type: 'boolean', describe: 'the tables of docs/explored.md instead of text' },
    },
    examples: [
      'desync explore scenarios/explore/one-page-2-stores.yaml --strategies all --timing both',
    ],
    load: async () => (await import('./explore.js')).explore,
  },
  {
    name: 'shrink',
    operands: '[file]',
    summary: 'Make a failure as small as it gets',
    options: {
      seed,
      strategy,
      schedule: {
        type: 'string',
        value: 'F',
        describe: 'shrink what a schedule file holds, in place of a scenario and a seed',
      },
      'max-time': {
        type: 'string',
        value: 'TIME',
        describe: 'stop after so long, such as 10s; usually when nothing less fails',
      },
      out: { type: 'string', value: 'F', describe: 'write what is left as a schedule file' },
      force,
      set,
      json,
    },
    examples: ['desync shrink scenarios/ext2-bitmap.yaml --seed 1150 --out mail.json'],
    load: async () => (await import('./shrink.js')).shrink,
  },
  {
    name: 'promote',
    operands: '<file>',
    summary: 'Turn a schedule file into a scenario that expects its failure',
    options: {
      out: {
        type: 'string',
        value: 'F',
        describe: 'the scenario file; without it standard output',
      },
      force,
    },
    examples: ['desync promote mail.json --out mail-race.yaml && desync run mail-race.yaml'],
    load: async () => (await import('./promote.js')).promote,
  },
  {
    name: 'doctor',
    operands: '[file]',
    summary: 'Tell whether a run repeats, and where it first does not',
    options: { seed, strategy, set, json },
    examples: ['desync doctor', 'desync doctor scenarios/kswapd.yaml --strategy ./mine.js'],
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    name: 'export',
    operands: '<file>',
    summary: 'Write the disks of one run as image files',
    options: {
      out: { type: 'string', value: 'DIR', describe: 'the folder for the images', required: true },
      seed,
      strategy,
      at: {
        type: 'string',
        value: 'TIME',
        describe: 'as of this instant, such as 42s, instead of the crash',
      },
      after: {
        type: 'string',
        value: 'PHASE',
        describe: 'as of the end of `recovery` or of the `aftermath`',
        choices: ['recovery', 'aftermath'],
      },
      force: { type: 'boolean', describe: 'overwrite images that are there' },
      set,
    },
    examples: ['desync export scenarios/ext2-bitmap.yaml --out disks && e2fsck -fn disks/leg1.img'],
    load: async () => (await import('./export.js')).exportImages,
  },
  {
    name: 'strategies',
    operands: '',
    summary: 'List the fixes that can be tried',
    options: { json },
    examples: [],
    load: async () => (await import('./strategies.js')).strategies,
  },
  {
    name: 'schema',
    operands: '',
    summary: 'Print the JSON Schema of scenario files, for editors',
    options: {},
    examples: ['desync schema > scenario.schema.json'],
    load: async () => (await import('./schema.js')).schema,
  },
  {
    name: 'validate',
    operands: '<files..>',
    summary: 'Check scenario files and tell every problem',
    options: { set },
    examples: ['desync validate scenarios/*.yaml'],
    load: async () => (await import('./validate.js')).validate,
  },
];
