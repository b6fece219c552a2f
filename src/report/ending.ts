/** How a story ends: the crash, and what recovery makes of it. */
import type { Divergence, RecoverySummary } from '../lab/outcome.js';
import { counted, size } from './quantities.js';
import { toldRow, type Row } from './rows.js';
import type { Telling } from './telling.js';

/** `focus`: the sector that the story is about. */
export function endingOf(
  { happenings, recovery, divergence, ...naming }: Telling,
  focus?: number,
): Row[] {
  const crash = happenings.find(({ kind }) => kind === 'crash');
  if (crash === undefined || recovery === undefined) return [];
  const { at } = crash;
  const text = `${copied(recovery)}; ${after(divergence, focus)}`;
  return [toldRow(crash, naming), { at, actor: 'recovery', text, kind: 'state' }];
}

function copied({ resyncedRegions, resyncBytes }: RecoverySummary): string {
  if (resyncedRegions === 0) return 'nothing to copy: every region was believed clean';
  return `copies ${counted(resyncedRegions, 'region')}, ${size(resyncBytes)}`;
}

function after(divergence: readonly Divergence[], focus: number | undefined): string {
  if (divergence.length === 0) return 'the legs agree';
  const [first = divergence[0]] = divergence.filter(({ sector }) => sector === focus);
  return `sector ${first?.sector ?? 0} stays different on the legs`;
}
