/** `desync export`: the disks of one run as files that e2fsck, debugfs and the kernel read. */
import { join } from 'node:path';
import { columns } from '../report/lines.js';
import { listed, size } from '../report/quantities.js';
import { repeatLine } from '../report/run-text.js';
import { HELD, NOTHING } from '../report/verdict.js';
import { parseDuration, type Duration } from '../sim/time.js';
import { shown, type Given } from './given.js';
import { otherImages, writeImages } from './image-files.js';
import type { When } from '../lab/runner.js';
import { askedRun } from './one-run.js';
import { attempted, Refused } from './refused.js';
import { repeatOf, type Session } from './session.js';
import { writingOf } from './written.js';

export async function exportImages(given: Given, session: Session): Promise<number> {
  const { out, err } = session;
  const folder = given.text('out');
  if (folder === undefined) throw new Error('yargs lets nobody leave out --out');
  const when = whenOf(given);
  const { file, strategy, seed } = await askedRun(given, session);
  const { scenario } = file;
  if (when.at !== undefined && scenario.timing === 'free') {
    throw new Refused(`--at names no instant of ${shown(file.file)}: free timing has none`);
  }
  if (when.at !== undefined && when.at > scenario.duration) {
    throw new Refused(`--at ${given.text('at') ?? ''} is after the end of the run`);
  }
  const repeat = repeatOf(session);
  const bench = await session.rooms.bench();
  session.interrupts.leave();
  const images = attempted(() => bench.images(scenario, strategy, seed, when), repeat);
  if (images.length === 0) {
    err.write('nothing to export: this run did not crash; --at TIME names an instant\n');
    err.write(`${repeatLine(repeat, err.view.paint)}\n`);
    return NOTHING;
  }
  const writing = writingOf(given, [strategy.name, ...Object.keys(scenario.expect)]);
  session.interrupts.hear();
  await writeImages(folder, images, writing);
  const rows = images.map(({ name, bytes }) => [shown(join(folder, name)), size(bytes)] as const);
  out.write(`${columns(rows, out.view.width, out.view.paint.strong).join('\n')}\n`);
  const others = await otherImages(folder, images);
  if (others.length > 0) {
    err.write(`${listed(others)} in ${shown(folder)}: of an earlier export, no disk of this one\n`);
  }
  return HELD;
}

function whenOf(given: Given): When {
  const at = given.text('at');
  const after = given.text('after');
  return {
    ...(at !== undefined && { at: timeOf(at) }),
    // yargs has refused any other word.
    ...((after === 'recovery' || after === 'aftermath') && { after }),
  };
}

function timeOf(text: string): Duration {
  const time = parseDuration(text);
  if (time === undefined) {
    throw new Refused(`--at is a time with its unit, such as 42s or 1500ms, not "${shown(text)}"`);
  }
  return time;
}
