/** Command lines: words that mean something in the wrong place, and words that mean nothing. */
import fc from 'fast-check';
import { seedsFor } from '../../../src/cli/chosen.js';
import { COMMANDS } from '../../../src/cli/commands.js';
import { parse } from '../../../src/cli/parse.js';
import { Misused, Refused } from '../../../src/cli/refused.js';
import { desyncCommand } from '../../../src/cli/shell.js';
import { fitToShow, VIEW } from '../fit-to-show.js';
import { kind, type Answer } from '../kind.js';

const WORDS = [
  ...COMMANDS.flatMap(({ name, options }) => [name, name, ...Object.keys(options).map(dashed)]),
  ...['x.yaml', '-', '--', '---', '', ' ', '-h', '--help', '--version', '--color', '--no-color'],
  ...[
    '--json=yes',
    '--seed=',
    '--seed=1',
    '--seeds=1..2',
    '--seeds=2..1',
    '1e9',
    '007',
    '-1',
    '1..',
  ],
  ...['--__proto__', '--__proto__.x=1', '--constructor.prototype.x=1', '--toString', '--no-json'],
  ...['9007199254740993', '../../etc/passwd', '/dev/zero', '--$0', '--_=1', '-abc', '--a.b.c=d'],
  ...['\u001b[2J', '\u009b1m', '\u202e', '\ud800', '\n    at x (y.js:1:1)', '$(id)', "'", '`id`'],
  ...['--seeds', '0..9007199254740991', '--strategy', 'all', 'clear-when-idle', 'clear-when-idel'],
];

export const COMMAND_LINES = kind('command lines', () => {
  const word = fc.oneof(
    { arbitrary: fc.constantFrom(...WORDS), weight: 8 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 8 }), weight: 1 },
    { arbitrary: fc.constantFrom(...WORDS, 'x'.repeat(10_000)), weight: 1 },
  );
  const command = fc.constantFrom(...COMMANDS.map(({ name }) => name));
  const lines = fc.oneof(
    fc.array(word, { maxLength: 5 }),
    fc.tuple(command, fc.array(word, { maxLength: 4 })).map(([first, rest]) => [first, ...rest]),
  );
  return {
    inputs: lines,
    async judge(args) {
      fitToShow(desyncCommand(args));
      try {
        const parsed = await parse(args, '0.1.0', VIEW);
        if (parsed.kind === 'text') fitToShow(parsed.text);
        if (parsed.kind === 'command') seedsFor(parsed.given);
        return 'right';
      } catch (error) {
        return refusedBy(error);
      }
    },
  };
});

function dashed(name: string): string {
  return `--${name}`;
}

function refusedBy(error: unknown): Answer {
  if (!(error instanceof Misused) && !(error instanceof Refused)) throw error;
  if (error.message === '') throw new Error('refused without a word');
  fitToShow(error.message);
  if (error.message.length > 2_000)
    throw new Error(`${error.message.length} characters of refusal`);
  return 'refused';
}
