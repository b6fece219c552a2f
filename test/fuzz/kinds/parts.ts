/** Parts of sweeps, spoilt, and with sums that are right over lines that are wrong: merged. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Given } from '../../../src/cli/given.js';
import { Interrupts } from '../../../src/cli/interrupts.js';
import { shipped } from '../../../src/cli/laboratory.js';
import { merge } from '../../../src/cli/merge.js';
import { OwnCode } from '../../../src/cli/own/own-code.js';
import { Refused } from '../../../src/cli/refused.js';
import type { Session } from '../../../src/cli/session.js';
import type { Screen } from '../../../src/cli/terminal.js';
import { crc32c } from '../../../src/media/crc32c.js';
import { HEADER, linesOf } from '../../support/small-part.js';
import { edited, edits } from '../edits.js';
import { fitToShow, VIEW } from '../fit-to-show.js';
import { kind, type Answer } from '../kind.js';

const KEPT = { ...HEADER, plan: { firstSeeds: [1], count: 40 }, keep: true };
const SHARDED = { ...HEADER, bail: 1 };
const TEXTS = [
  linesOf(),
  linesOf(KEPT),
  linesOf(SHARDED, { index: 1, of: 2 }),
  linesOf({ ...HEADER, command: 'compare' }),
].map((lines) => lines.join(''));

export const PARTS = kind('parts of sweeps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desync-fuzz-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const interrupts = new Interrupts();
  interrupts.leave();
  const own = new OwnCode(shipped.patienceMs);
  const spoilt = fc.tuple(fc.constantFrom(...TEXTS), edits, fc.boolean());
  return {
    inputs: fc.tuple(spoilt, fc.option(spoilt), fc.boolean()),
    async judge([first, second, json]) {
      const parts = [first, ...(second === null ? [] : [second])];
      const texts = parts.map(([text, all, forged]) => {
        const otherwise = edited(text, all);
        return Buffer.from(forged ? summedAnew(otherwise) : otherwise);
      });
      const names = texts.map((text, n) => {
        const name = join(folder, `part ${n}.jsonl`);
        writeFileSync(name, text);
        return name;
      });
      const answer = await merged(names, json, { interrupts, own });
      if (!names.every((name, n) => readFileSync(name).equals(texts[n]!))) {
        throw new Error('a part was written to');
      }
      if (readdirSync(folder).some((name) => !/^part [01]\.jsonl$/.test(name))) {
        throw new Error('something else was written');
      }
      return answer;
    },
  };
});

async function merged(
  names: readonly string[],
  json: boolean,
  process: Pick<Session, 'interrupts' | 'own'>,
): Promise<Answer> {
  const told: string[] = [];
  const write = (text: string): void => void told.push(text);
  const screen: Screen = {
    view: VIEW,
    coloured: false,
    isTerminal: false,
    write,
    writeAsIs: write,
  };
  const session: Session = {
    args: ['merge', ...names],
    version: '0.1.0',
    out: screen,
    err: screen,
    rooms: shipped,
    ...process,
  };
  try {
    await merge(new Given({ parts: names, json }), session);
    fitToShow(told.join(''));
    if (json) JSON.parse(told.join(''));
    return 'right';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fitToShow(error.message);
    return 'refused';
  }
}

/** Every line with the sum over what it now says. */
function summedAnew(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const at = line.lastIndexOf(',"crc32c":"');
      if (at === -1) return line;
      const open = line.slice(0, at);
      const sum = crc32c(0xffffffff, new TextEncoder().encode(open));
      return `${open},"crc32c":"${sum.toString(16).padStart(8, '0')}"}`;
    })
    .join('\n');
}
