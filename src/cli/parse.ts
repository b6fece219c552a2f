/**
 * The command line into a command and what was given to it. Messages are ours: one line, with what
 * was probably meant. So is help, and what it tells is hidden from yargs, which lays out its own
 * even where nobody asks for it.
 */
import type { View } from '../report/view.js';
import yargs, { type Argv, type Options } from 'yargs';
import type { Command, Option } from './command.js';
import { COLOURS, COMMANDS } from './commands.js';
import { Given, shown, STANDARD_INPUT, suggestion } from './given.js';
import { helpText } from './help.js';
import { Misused } from './refused.js';

export type Parsed =
  | { readonly kind: 'command'; readonly command: Command; readonly given: Given }
  /** Help or the version: to be printed. */
  | { readonly kind: 'text'; readonly text: string }
  /** The name of the program alone, by which people ask what it can do. */
  | { readonly kind: 'nothing' };

const IN_COLOUR = Object.keys(COLOURS).map((name) => `--${name}`);

export async function parse(args: readonly string[], version: string, view: View): Promise<Parsed> {
  if (args.every((arg) => IN_COLOUR.includes(arg))) return { kind: 'nothing' };
  refuseValuesOfFlags(args);
  refuseInherited(args);
  let chosen: Extract<Parsed, { kind: 'command' }> | undefined;
  const parser = COMMANDS.reduce(
    (all, command) =>
      all.command(
        `${command.name} ${command.operands}`.trim(),
        false,
        (inner) => inner.options(yargsOptions(command.options)),
        (values) => {
          chosen = { kind: 'command', command, given: new Given(values) };
        },
      ),
    yargs([])
      .scriptName('desync')
      .locale('en')
      .version(version)
      .help()
      .alias('help', 'h')
      .hide('help')
      .options(yargsOptions(COLOURS))
      .demandCommand(1, 'name a command; desync --help lists them')
      .strict()
      .exitProcess(false)
      .parserConfiguration({
        'boolean-negation': false,
        'camel-case-expansion': false,
        'dot-notation': false,
        'greedy-arrays': false,
        'parse-numbers': false,
        'parse-positional-numbers': false,
      }),
  );
  const { error, text } = await answerOf(parser, args);
  if (error !== undefined) throw new Misused(complaint(error, args));
  if (text === version) return { kind: 'text', text: `${text}\n` };
  if (text !== '') return { kind: 'text', text: helpText(commandIn(args), view) };
  if (chosen === undefined) throw new Error(`no command was chosen by ${JSON.stringify(args)}`);
  refuseEmpty(chosen);
  return chosen;
}

interface Answer {
  readonly error: string | undefined;
  readonly text: string;
}

function answerOf(parser: Argv, args: readonly string[]): Promise<Answer> {
  const words = forYargs(args);
  return new Promise((resolve, reject) => {
    parser
      .parseAsync(words, {}, (error, _values, text) => {
        resolve({ error: error?.message, text });
      })
      .catch(reject);
  });
}

function yargsOptions(options: Readonly<Record<string, Option>>): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      {
        type: option.type,
        hidden: true,
        ...(option.type === 'string' && { requiresArg: true }),
        ...(option.choices !== undefined && { choices: option.choices }),
        ...(option.required && { demandOption: true }),
      },
    ]),
  );
}

/** A lone dash would vanish there, and what follows `--` would not count as an operand. */
function forYargs(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const operands = end === -1 ? [] : args.slice(end + 1);
  const named = operands.map((arg) => (/^-./.test(arg) ? `./${arg}` : arg));
  return [...options, ...named].map((arg) => (arg === '-' ? STANDARD_INPUT : arg));
}

/** yargs reads `--json=yes` as no. */
function refuseValuesOfFlags(args: readonly string[]): void {
  const flags = [COLOURS, ...COMMANDS.map(({ options }) => options)]
    .flatMap(Object.entries<Option>)
    .filter(([, { type }]) => type === 'boolean')
    .map(([name]) => `--${name}`);
  for (const arg of args) {
    if (arg === '--') return;
    const [name = ''] = arg.split('=', 1);
    if (name !== arg && flags.includes(name)) throw new Misused(`${name} takes no value`);
  }
}

/** yargs takes what every object inherits for an option of its own, and throws. */
function refuseInherited(args: readonly string[]): void {
  for (const arg of args) {
    if (arg === '--') return;
    const [name = ''] = arg.split('=', 1);
    if (name.startsWith('-') && name.replace(/^-+/, '') in {}) {
      throw new Misused(`unknown option ${shown(name)}`);
    }
  }
}

/** What `--output "$FILE"` is where there is no such variable. */
function refuseEmpty({ command, given }: Extract<Parsed, { kind: 'command' }>): void {
  const isEmpty = (name: string): boolean => given.texts(name).includes('');
  const [name, option] = Object.entries(command.options).find(([each]) => isEmpty(each)) ?? [];
  if (name !== undefined) throw new Misused(needsValue(name, option));
  if (['file', 'files', 'parts'].some(isEmpty)) {
    throw new Misused(`a file has no name: desync ${command.name} ${command.operands}`);
  }
}

function needsValue(name: string, option: Option | undefined): string {
  return `--${name} needs a value: --${name} ${option?.value ?? 'VALUE'}`;
}

function firstWord(args: readonly string[]): string | undefined {
  return args.find((arg) => !arg.startsWith('-'));
}

function commandIn(args: readonly string[]): Command | undefined {
  return COMMANDS.find(({ name }) => name === firstWord(args));
}

/** What yargs complains about, in our words and one line. */
function complaint(message: string, args: readonly string[]): string {
  const word = firstWord(args);
  const command = commandIn(args);
  if (word !== undefined && command === undefined) {
    const meant = suggestion(
      word,
      COMMANDS.map(({ name }) => name),
    );
    return `unknown command "${shown(word)}"${meant}`;
  }
  const options: Readonly<Record<string, Option>> = { ...command?.options, ...COLOURS };
  const [, about = ''] = /: (.*)$/s.exec(message) ?? [];
  if (message.startsWith('Unknown argument')) {
    return unknown(args, about.split(', '), Object.keys(options));
  }
  if (message.startsWith('Not enough arguments following')) {
    return needsValue(about, options[about]);
  }
  if (message.startsWith('Not enough non-option arguments') && command !== undefined) {
    return `${command.name} needs ${needed(command)}: desync ${command.name} ${command.operands}`;
  }
  if (message.startsWith('Missing required argument') && command !== undefined) {
    return `${command.name} needs --${about} ${options[about]?.value ?? ''}`.trimEnd();
  }
  const invalid = /Argument: (\S+), Given: "(.*)", Choices: (.*)$/.exec(message);
  if (invalid?.[1] !== undefined) {
    return `--${invalid[1]} is one of ${invalid[3] ?? ''}, not "${shown(invalid[2] ?? '')}"`;
  }
  return shown(message);
}

function needed({ name }: Command): string {
  if (name === 'merge') return 'the parts of a sweep';
  return name === 'promote' ? 'a schedule file' : 'a scenario file';
}

function unknown(
  args: readonly string[],
  names: readonly string[],
  known: readonly string[],
): string {
  for (const name of names) {
    const typed = args.find((arg) => bare(arg) === bare(name));
    if (typed?.startsWith('-') !== true) continue;
    const meant = suggestion(name, [...known, 'help', 'version'], '--');
    return `unknown option ${shown(typed.split('=', 1)[0] ?? '')}${meant}`;
  }
  return `unexpected argument "${shown(names[0] ?? '')}"`;
}

/** An option's name by itself; yargs writes `___proto___` for `--__proto__`. */
function bare(arg: string): string | undefined {
  return arg.split('=', 1)[0]?.replace(/^[-_]+|_+$/g, '');
}
