/**
 * The program: reads the command line, runs one command, turns what it throws into a message and an
 * exit code. What a command needs of the process is handed to it in a session.
 */
import { readFileSync } from 'node:fs';
import { safe } from '../report/lines.js';
import { refusal } from '../report/reporters/json.js';
import { jsonText } from '../report/run-json.js';
import { repeatLine } from '../report/run-text.js';
import { BROKEN, HELD, REFUSED } from '../report/verdict.js';
import type { Command } from './command.js';
import { COMMANDS } from './commands.js';
import { helpText } from './help.js';
import { Interrupts } from './interrupts.js';
import { shipped, type Rooms } from './laboratory.js';
import { leave } from './leave.js';
import { OwnCode } from './own/own-code.js';
import { parse } from './parse.js';
import { BrokenRun, Misused, Refused } from './refused.js';
import { troubleOf } from './reporting/trouble.js';
import { repeatOf, type Session } from './session.js';
import { screen } from './terminal.js';

/** 128 and the number of SIGPIPE. */
const UNREAD = 141;

export async function main(args: readonly string[], rooms: Rooms = shipped): Promise<void> {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', whenNobodyReads);
  const colour = colourWanted(args);
  const own = new OwnCode(rooms.patienceMs);
  const guarded = {
    ...rooms,
    bench: async () => own.guarding(await rooms.bench()),
    searches: async () => own.guardingSearches(await rooms.searches()),
  };
  const session: Session = {
    args,
    own,
    rooms: guarded,
    interrupts: new Interrupts(),
    version: ownVersion(),
    out: screen(stdout, env, colour),
    err: screen(stderr, env, colour),
  };
  const code = await exitCodeOf(session, env['DESYNC_DEBUG'] === '1');
  process.exitCode = code;
  if (!own.isThere) return;
  // What such a module has left to do would keep the program waiting.
  await Promise.all([stdout, stderr].map((stream) => written(stream)));
  leave(code);
}

/** All that was written to it is gone. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

async function exitCodeOf(session: Session, debug: boolean): Promise<number> {
  const { args, version, out, err } = session;
  try {
    const parsed = await parse(args, version, out.view);
    if (parsed.kind === 'nothing') {
      err.write(helpText(undefined, err.view));
      return REFUSED;
    }
    if (parsed.kind === 'text') {
      out.write(parsed.text);
      return HELD;
    }
    const start = await parsed.command.load();
    return await Promise.race([start(parsed.given, session), session.own.astray]);
  } catch (error) {
    const refused = error instanceof Refused || error instanceof Misused;
    return refused ? refuse(error, session) : confess(error, session, debug);
  }
}

function refuse(error: Refused | Misused, session: Session): number {
  const { args, err, out, version } = session;
  const { paint } = err.view;
  const problems = error instanceof Refused ? error.problems : undefined;
  err.write(`${problems === undefined ? paint.bad('desync: ') : ''}${error.message}\n`);
  if (error instanceof Refused) {
    err.write(`${problems === undefined ? '' : '\n'}${repeatLine(repeatOf(session), paint)}\n`);
  }
  const command = COMMANDS.find(({ name }) => args.includes(name));
  if (command !== undefined && !isTold(error, command) && args.includes('--json')) {
    const about = { command: command.name, version };
    out.write(jsonText(refusal(troubleOf(error, session), about)));
  }
  return REFUSED;
}

/** Whether its JSON was written already, or it has none. */
function isTold(error: Refused | Misused, { options }: Command): boolean {
  if (!('json' in options)) return true;
  return 'reporter' in options && error instanceof Refused;
}

/** Our bug. */
function confess(error: unknown, session: Session, debug: boolean): number {
  const { err } = session;
  const { paint } = err.view;
  const message = error instanceof Error ? error.message : String(error);
  const repeat = error instanceof BrokenRun ? error.repeat : repeatOf(session);
  const cause = error instanceof BrokenRun ? error.cause : error;
  const stack = debug && cause instanceof Error ? `${cause.stack ?? ''}\n` : '';
  err.write(
    `${paint.bad('desync: internal error:')} ${safe(message)}\n${stack}` +
      'This is a bug in desync. Please report it with the scenario and this command.\n' +
      `${repeatLine(repeat, paint)}\n`,
  );
  return BROKEN;
}

/**
 * `desync ... | head` ends quietly when head has seen enough: with its verdict where all that was
 * left is to say so, else as what SIGPIPE ends. A full disk is told.
 */
function whenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') {
    setImmediate(() => leave(process.exitCode === undefined ? UNREAD : undefined));
    return;
  }
  process.stderr.write(`desync: the output cannot be written: ${error.message}\n`, () => {
    leave(REFUSED);
  });
}

/** Read before all else, because even a usage error may be coloured; the last one counts. */
function colourWanted(args: readonly string[]): boolean | undefined {
  const end = args.indexOf('--');
  const last = args
    .slice(0, end === -1 ? args.length : end)
    .findLast((arg) => arg === '--color' || arg === '--no-color');
  return last === undefined ? undefined : last === '--color';
}

function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const about: unknown = JSON.parse(text);
  const found = typeof about === 'object' && about !== null && 'version' in about;
  if (!found || typeof about.version !== 'string') throw new Error('package.json has no version');
  return about.version;
}
