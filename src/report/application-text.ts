/**
 * What an application did to itself: it changed the buffer of an O_DIRECT write while the legs were
 * reading it. It stands apart, under a heading of its own, and is nobody's failure unless the
 * scenario says so.
 */
import { divergenceLines, harmLines } from './damage-text.js';
import { labelled, wrapped } from './lines.js';
import { counted, percent } from './quantities.js';
import type { Run, View } from './view.js';

export const HEADING = "application's responsibility";

export function applicationLines(run: Run, view: View): string[] {
  const { width, paint } = view;
  const { fraction, windowCount } = run.exposure.byApplication;
  const divergence = run.divergence.filter(({ byApplication }) => byApplication);
  const harm = run.harm.filter(({ byApplication }) => byApplication);
  if (windowCount === 0 && divergence.length === 0 && harm.length === 0) return [];
  const exposed =
    windowCount === 0
      ? 'never'
      : `${percent(fraction)} of the time, in ${counted(windowCount, 'window')}`;
  return [
    ...wrapped(`  ${HEADING}`, width).map((line) => paint.strong(line)),
    ...labelled('exposed', exposed, width),
    ...divergenceLines(divergence, view),
    ...harmLines(harm, view),
  ];
}
