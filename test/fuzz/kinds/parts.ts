/**
 * Parts of sweeps, spoilt, and with sums and hashes that are right over lines that are wrong:
 * merged. What is left of a failure is tried elsewhere: here it is given up as soon as it is begun.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Given } from '../../../src/cli/given.js';
import { Interrupts } from '../../../src/cli/interrupts.js';
import { shipped, type Rooms } from '../../../src/cli/laboratory.js';
import { merge } from '../../../src/cli/merge.js';
import { OwnCode } from '../../../src/cli/own/own-code.js';
import { Refused } from '../../../src/cli/refused.js';
import type { Session } from '../../../src/cli/session.js';
import type { Screen } from '../../../src/cli/terminal.js';
import { crc32c } from '../../../src/media/crc32c.js';
import { printScenario } from '../../../src/scenario/print.js';
import { contentOf, HEADER, linesOf } from '../../support/small-part.js';
import { smallScenario } from '../../support/small-scenario.js';
import { WHOLE } from '../../../src/lab/sweep/plan.js';
import { edited, edits } from '../edits.js';
import { fitToShow, VIEW } from '../fit-to-show.js';
import { kind, type Answer } from '../kind.js';

const KEPT = { ...HEADER, plan: { firstSeeds: [1], count: 40 }, keep: true };
const SHARDED = { ...HEADER, bail: 1 };
const OWN = { ...HEADER, series: HEADER.series.map(ofOwn) };
const CONTENT = contentOf(printScenario(smallScenario('story="A \\"story\\"."')));
const TEXTS = [
  linesOf(HEADER, WHOLE, 0.1, CONTENT),
  linesOf(KEPT, WHOLE, 0.1, CONTENT),
  linesOf(OWN, WHOLE, 0.1, CONTENT),
  linesOf(SHARDED, { index: 1, of: 2 }, 0.1, CONTENT),
  linesOf({ ...HEADER, command: 'compare', shrink: false }),
].map((lines) => lines.join(''));

const GIVEN_UP = 'export const makeSmall = () => ({ kind: "left", why: "it was" });';
const ROOMS: Rooms = { ...shipped, worker: new URL(`data:text/javascript,${GIVEN_UP}`) };

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
    inputs: fc.tuple(spoilt, fc.option(spoilt), fc.boolean(), fc.nat(9)),
    async judge([first, second, json, shrunk]) {
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
      const answer = await merged(
        { parts: names, json, 'no-shrink': shrunk > 0 },
        { interrupts, own },
      );
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
  given: { readonly parts: readonly string[]; readonly json: boolean; 'no-shrink': boolean },
  process: Pick<Session, 'interrupts' | 'own'>,
): Promise<Answer> {
  const told: string[] = [];
  const said: string[] = [];
  const write = (text: string): void => void told.push(text);
  const say = (text: string): void => void said.push(text);
  const screen: Screen = {
    view: VIEW,
    coloured: false,
    isTerminal: false,
    write,
    writeAsIs: write,
  };
  const session: Session = {
    args: ['merge', ...given.parts],
    version: '0.1.0',
    out: screen,
    err: { ...screen, write: say, writeAsIs: say },
    rooms: ROOMS,
    ...process,
  };
  try {
    await merge(new Given({ ...given }), session);
    fitToShow([...told, ...said].join(''));
    if (given.json) JSON.parse(told.join(''));
    return 'right';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fitToShow(error.message);
    return 'refused';
  }
}

/** Of a strategy whose file is not there. */
function ofOwn(series: (typeof HEADER.series)[number]): (typeof HEADER.series)[number] {
  const source = { path: './none.js', sha256: 'ab'.repeat(32), name: 'none' };
  return { ...series, subject: { ...series.subject, strategy: source.path, source } };
}

/** A scenario that can still be read is the one that its hash says. */
function hashedAnew(line: string): string {
  const [, sha256, text] = /"sha256":"(\w{64})","text":("(?:[^"\\]|\\.)*")/.exec(line) ?? [];
  if (sha256 === undefined || text === undefined) return line;
  try {
    const now = createHash('sha256')
      .update(String(JSON.parse(text)))
      .digest('hex');
    return line.replaceAll(sha256, now);
  } catch {
    return line;
  }
}

/** Every line with the sums over what it now says. */
function summedAnew(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const at = line.lastIndexOf(',"crc32c":"');
      if (at === -1) return line;
      const open = hashedAnew(line.slice(0, at));
      const sum = crc32c(0xffffffff, new TextEncoder().encode(open));
      return `${open},"crc32c":"${sum.toString(16).padStart(8, '0')}"}`;
    })
    .join('\n');
}
