/** A file that an application writes past the page cache, on legs that take their time. */
import type { Scenario } from '../../src/scenario/scenario.js';
import { drive, smallScenario } from './small-scenario.js';
import { only, second, tell, type Told } from './told.js';

const SLOW = drive('1s', '1s', '10ms');
/** Its leg 1 samples four seconds after its leg 0. */
export const APART = `mirror.legs=[${SLOW}, ${drive('5s', '1s', '10ms')}]`;

/** /a has two pages, written back by sync before others begin. */
export function direct(others: string, ...sets: readonly string[]): Told {
  return tell(scenarioWith(others, ...sets));
}

export function scenarioWith(others: string, ...sets: readonly string[]): Scenario {
  return smallScenario(
    'duration=200s',
    `mirror.legs=[${SLOW}, ${SLOW}]`,
    'mirror.regionSize=64KiB',
    `workload={ makes: [{ create: /a }, { append: [/a, 8KiB] }, sync], ${others} }`,
    ...sets,
  );
}

export const writesBy = (
  actor: string,
  { all, nameOf }: Told,
): (readonly [string, number, number])[] =>
  only(all, 'submitted')
    .filter((one) => one.actor === actor)
    .map(({ sector, sectors, at }) => [nameOf(sector), sectors, second(at)] as const);

/** What both legs hold of a sector of /a in the end, by its version. */
export function versions({ lab, nameOf }: Told, logical: number): number[] {
  const { world, layout } = lab;
  const { legs } = world.crash();
  const block = Array.from({ length: layout.blocksCount }, (_, n) => n).find(
    (n) => nameOf(layout.sectorOfBlock(n)) === `data of /a, block ${logical}`,
  );
  const sector = layout.sectorOfBlock(block ?? 0);
  return [...legs, world.memory].map((disk) => disk.pool.view(disk.get(sector))[0]!);
}
