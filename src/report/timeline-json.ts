/**
 * The rows of a story as JSON: all of them in a row, also those that a table draws side by side.
 */
import type { Story } from './story.js';

export function timelineJson({ clock, rows }: Story): object[] {
  return rows.map(({ at, actor, text, kind, mark }) => ({
    ...(clock === 'time' ? { atNs: at } : { step: at }),
    actor,
    text,
    kind,
    mark: mark ?? null,
  }));
}
