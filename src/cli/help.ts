/** What `--help` prints. yargs finds out that it was asked for; the text is ours. */
import { columns, wrapped } from '../report/lines.js';
import type { View } from '../report/view.js';
import type { Command, Option } from './command.js';
import { COLOURS, COMMANDS } from './commands.js';

const GENERAL: readonly (readonly [string, string])[] = [
  ['-h, --help', 'this text'],
  ['--version', 'the version of desync'],
];

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'what was expected held'],
  ['1', 'it did not'],
  ['2', 'usage, a scenario, or a limit of the run'],
  ['3', 'a bug of desync, or a run that does not repeat'],
  ['4', 'nothing was proved: VOID, or nothing to run'],
  ['130', 'interrupted by Ctrl-C; 143: by SIGTERM'],
];

/** Of one command, or of the whole. */
export function helpText(command: Command | undefined, view: View): string {
  const blocks = command === undefined ? programHelp(view) : commandHelp(command, view);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function programHelp(view: View): string[][] {
  const commands = COMMANDS.map((each) => [calledAs(each), each.summary] as const);
  return [
    wrapped('See two legs of a mirror drift apart, and repeat it from a seed.', view.width),
    ['Usage: desync <command>'],
    block('Commands', commands, view),
    block('Options', [...optionRows(COLOURS), ...GENERAL], view),
    block('Exit codes', EXIT_CODES, view),
    wrapped('desync <command> --help tells what each one takes.', view.width),
  ];
}

function commandHelp(command: Command, view: View): string[][] {
  const own = optionRows(command.options);
  return [
    wrapped(`${command.summary}.`, view.width),
    [`Usage: desync ${calledAs(command)}`],
    ...(own.length > 0 ? [block('Options', own, view)] : []),
    block('General', [...optionRows(COLOURS), ...GENERAL], view),
    ...(command.examples.length > 0 ? [examplesOf(command, view)] : []),
  ];
}

function examplesOf({ examples }: Command, { paint }: View): string[] {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return [paint.strong(title), ...examples.map((example) => `  ${example}`)];
}

function calledAs({ name, operands }: Command): string {
  return `${name} ${operands}`.trimEnd();
}

function optionRows(options: Readonly<Record<string, Option>>): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value, describe }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    describe,
  ]);
}

function block(title: string, rows: readonly (readonly [string, string])[], view: View): string[] {
  const { paint, width } = view;
  const lines = columns(rows, width - 2, (name) => name);
  return [paint.strong(title), ...lines.map((line) => `  ${line}`)];
}
