/**
 * What is wrong with the disks in the end, in lines: where the legs differ, and what comes of it.
 */
import type { Divergence, Harm } from '../lab/outcome.js';
import { harmSentences } from './harm-text.js';
import { labelled, safe } from './lines.js';
import { counted, grouped } from './quantities.js';
import type { View } from './view.js';

/** More places than these are counted, not named. */
const MOST_PLACES = 6;
const MOST_HARM = 8;

/** The sectors in which the recovered legs differ, by what they belong to. */
export function divergenceLines(
  divergence: readonly Divergence[],
  { paint, width }: View,
): string[] {
  const places = new Map<string, Divergence[]>();
  for (const one of divergence) {
    const place = places.get(one.belongsTo);
    if (place === undefined) places.set(one.belongsTo, [one]);
    else place.push(one);
  }
  const named = [...places].slice(0, MOST_PLACES).flatMap(([place, sectors], n) => {
    const [first] = sectors;
    const where = first === undefined ? '' : `from sector ${first.sector}, block ${first.block}`;
    const what = `${safe(place)}: ${counted(sectors.length, 'sector')} ${where}`;
    const excerpt = (first?.excerpt ?? '').split(/, (?=leg \d)|\n/).filter((line) => line !== '');
    return [
      ...labelled(n === 0 ? 'diverged' : '', what, width, paint.bad),
      ...excerpt.flatMap((line) => labelled('', `  ${safe(line)}`, width, paint.dim)),
    ];
  });
  const more = places.size - MOST_PLACES;
  return more > 0
    ? [...named, ...labelled('', `and in ${grouped(more)} more places`, width)]
    : named;
}

export function harmLines(harm: readonly Harm[], { paint, width }: View): string[] {
  const sentences = harmSentences(harm);
  const lines = sentences
    .slice(0, MOST_HARM)
    .flatMap((text, n) => labelled(n === 0 ? 'harm' : '', text, width, paint.bad));
  const more = sentences.length - MOST_HARM;
  return more > 0 ? [...lines, ...labelled('', `and ${grouped(more)} more`, width)] : lines;
}
