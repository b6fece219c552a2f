/** What a reader of the disks suffers, in sentences: one for all blocks that suffer the same. */
import type { Harm } from '../lab/outcome.js';
import { safe } from './lines.js';
import { counted, grouped, listed } from './quantities.js';

export function harmSentences(harm: readonly Harm[]): string[] {
  const alike = new Map<string, Harm[]>();
  for (const each of harm) {
    const key = JSON.stringify([each.kind, each.files, each.text]);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [each]);
    else others.push(each);
  }
  return [...alike.values()].map(sentence);
}

function sentence(alike: readonly Harm[]): string {
  const [harm] = alike;
  if (harm === undefined) return '';
  const blocks = alike.flatMap(({ block }) => (block === undefined ? [] : [block]));
  const which = blocksText(blocks);
  const many = blocks.length > 1;
  const paths = [...new Set(harm.files)];
  const files = listed(paths.map(safe));
  const more = harm.text === '' ? '' : ` (${safe(harm.text)})`;
  const one = paths.length === 1;
  switch (harm.kind) {
    case 'block-used-twice': {
      const verb = many ? 'belong' : 'belongs';
      return `${which} ${verb} to ${files} at once: each overwrites the other${more}.`;
    }
    case 'block-lost': {
      const fate = many ? 'are marked as used and belong' : 'is marked as used and belongs';
      const whose = many ? 'their' : 'its';
      return `${which} ${fate} to no file: ${whose} space is lost${more}.`;
    }
    case 'wrong-data': {
      const verb = one ? 'reads' : 'read';
      return `${files} ${verb} back other bytes than were written and synced${more}.`;
    }
    case 'differs-by-leg': {
      const verb = one ? 'reads' : 'read';
      return `${files} ${verb} one way from one leg, another way from another${more}.`;
    }
    case 'file-lost': {
      const fate = one ? 'was written and synced, and is' : 'were written and synced, and are';
      return `${files} ${fate} gone${more}.`;
    }
  }
}

/** More stretches than these are counted. */
const MOST_STRETCHES = 4;

/** `Block 1234`, `Blocks 1234 to 1240 and 1300` */
function blocksText(blocks: readonly number[]): string {
  if (blocks.length === 0) return 'A block';
  const stretches: (readonly [number, number])[] = [];
  for (const block of blocks.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last?.[1] === block - 1) stretches[stretches.length - 1] = [last[0], block];
    else stretches.push([block, block]);
  }
  const named = stretches
    .slice(0, MOST_STRETCHES)
    .map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const left = stretches.slice(MOST_STRETCHES).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (left > 0)
    return `${counted(blocks.length, 'block')} (${named.join(', ')}, ${grouped(left)} more)`;
  return `Block${blocks.length === 1 ? '' : 's'} ${listed(named)}`;
}
