/** Whether a text is TAP version 13, as far as reports go. */
import { parse } from 'yaml';

const LINE = /^(?<not>not )?ok (?<number>\d+) - (?<rest>.*)$/;

/** What stands in the YAML block of each line that is not ok. Throws where it is no TAP. */
export function blocksIn(tap: string, tests: number): readonly unknown[] {
  const lines = linesOf(tap);
  const [version, plan, ...rest] = lines;
  if (version !== 'TAP version 13') throw new Error('no version');
  if (plan !== `1..${tests}`) throw new Error(`the plan is ${plan ?? 'not there'}`);
  const blocks: unknown[] = [];
  let next = 1;
  for (let at = 0; at < rest.length; at++) {
    const line = rest[at]!;
    if (line.startsWith('# ')) continue;
    const { number, not, rest: told = '' } = LINE.exec(line)?.groups ?? {};
    if (Number(number) !== next++) throw new Error(`not the next test: ${line}`);
    if (!/^(?:[^#\\]|\\[#\\])*(?: # SKIP (?:[^#\\]|\\[#\\])+)?$/.test(told)) {
      throw new Error(`a directive in ${line}`);
    }
    if (not === undefined) continue;
    const end = rest.indexOf('  ...', at);
    if (rest[at + 1] !== '  ---' || end === -1) throw new Error(`not ok ${number}, without why`);
    const block = rest.slice(at + 2, end).map((each) => each.replace(/^ {2}/, ''));
    blocks.push(parse(block.join('\n')));
    at = end;
  }
  if (next !== tests + 1) throw new Error(`${next - 1} of ${tests} tests`);
  return blocks;
}

/** Only comments, and a bail out at the end. */
export function refuseNoBailOut(tap: string): void {
  const lines = linesOf(tap);
  const between = lines.slice(1, -1);
  const isOne = lines[0] === 'TAP version 13' && /^Bail out! {2}./.test(lines.at(-1) ?? '');
  if (!isOne || !between.every((line) => line.startsWith('# '))) {
    throw new Error(`no bail out: ${JSON.stringify(tap.slice(0, 200))}`);
  }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('its last line has no end');
  return lines;
}
