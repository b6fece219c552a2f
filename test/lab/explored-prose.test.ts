/** What docs/explored.md says in words, held against its rows and what is found. */
import { describe, expect, it } from 'vitest';
import { explore } from '../../src/lab/explore.js';
import { tellWay } from '../../src/lab/exploring/told-way.js';
import { tunedBy } from '../../src/lab/tuning.js';
import type { Happening } from '../../src/machine/happening.js';
import { KERNELS } from '../../src/machine/kernel.js';
import type { Timing } from '../../src/sim/agenda.js';
import { SHIPPED, strategyNamed } from '../../src/strategies/shipped.js';
import { documentAt } from '../support/documents.js';
import { documentedParts, remade } from '../support/explored-document.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const ROWS = documentedParts().flatMap(({ rows }) => rows);
/** By construction, as the prose has it. */
const SAFE = ['lock-pages', 'mark-until-unmount', 'bounce-copy', 'copy-on-store', 'core-log'];

describe('what is said of the table', () => {
  const [prose = ''] = documentAt('docs/explored.md').text.split('## Each case, small');
  const rowOf = (file: string, strategy: string, timing: Timing): readonly string[] => {
    const row = ROWS.find(
      (one) => one.file === file && one.strategy === strategy && one.timing === timing,
    );
    return (row?.line ?? '').split('|').map((cell) => cell.trim());
  };
  const SHORTEST = 8;
  const REMARK = 9;
  const shortestOf = (strategy: string): string[] =>
    ROWS.filter((row) => row.strategy === strategy).map(
      ({ file, timing }) => rowOf(file, strategy, timing)[SHORTEST] ?? '',
    );

  it('names as safe whom no row says otherwise of, and as not safe whom some row does', () => {
    const list = prose.split('What the tables show:')[1] ?? '';
    for (const safe of SAFE) {
      expect(list).toContain(`\`${safe}\``);
      expect(new Set(shortestOf(safe))).toEqual(new Set(['-']));
    }
    for (const { name } of SHIPPED) {
      if (SAFE.includes(name)) continue;
      expect(list).toContain(`\`${name}\``);
      expect(shortestOf(name).some((steps) => steps !== '-')).toBe(name !== 'checksum-compare');
    }
  });

  it('leans on time with a longer period', () => {
    const file = 'explore/longer-period.yaml';
    expect(rowOf(file, 'clear-after-period', 'scenario')[SHORTEST]).toBe('-');
    expect(rowOf(file, 'clear-after-period', 'free')[SHORTEST]).toMatch(/^\d+$/);
    const kswapd = 'explore/short-of-memory/kswapd-and-pdflush.yaml';
    for (const strategy of ['clear-after-period', 'clean-candidate']) {
      expect(rowOf(kswapd, strategy, 'scenario')[SHORTEST]).toBe('-');
      expect(rowOf(kswapd, strategy, 'free')[SHORTEST]).toMatch(/^\d+$/);
    }
  });

  it('is the story of idea 4 as it is found, to the second', () => {
    const file = 'explore/preempted-before-dirty.yaml';
    const scenario = shippedScenario(file);
    const candidate = strategyNamed('clean-candidate')!;
    const wanted = { timing: 'scenario', levels: 2 } as const;
    const { shortest } = remade({ file, strategy: candidate.name, ...wanted }, undefined);
    const { happenings } = tellWay(scenario, candidate, wanted, shortest!);
    const secondOf = (kind: Happening['kind']): number =>
      Math.floor((happenings.find((one) => one.kind === kind)?.at ?? 0) / 1e9);
    const gone = shortest!.choices.filter(({ what, answer }) => what === 'preempted' && answer > 0);
    expect(gone).toHaveLength(1);
    const [, away = 0] = scenario.preemption.kind === 'list' ? scenario.preemption.values : [];
    const crash = secondOf('crash');
    expect(happenings.filter(({ kind }) => kind === 'submitted')).toHaveLength(1);
    const text = prose.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`Its shortest story, of ${shortest!.steps} events`);
    expect(rowOf(file, candidate.name, 'scenario')[SHORTEST]).toBe(`${shortest!.steps}`);
    expect(text).toContain(`begins to write the page at ${secondOf('submitted')} s`);
    expect(text).toContain(`its thread is preempted for ${away / 1e9} s`);
    expect(text).toContain(`at ${crash} s it becomes a candidate`);
  });

  it('goes behind the limit of a row', () => {
    const file = 'explore/inode-2-appends.yaml';
    const candidate = strategyNamed('clean-candidate')!;
    const wanted = { timing: 'free', levels: 2, mostStates: undefined, untilFirst: true } as const;
    const found = explore(shippedScenario(file), candidate, { ...wanted, stop: () => false });
    expect(prose.replaceAll(/\s+/g, ' ')).toContain(`way, of ${found.shortest!.steps} events`);
    expect(rowOf(file, candidate.name, 'free')[SHORTEST]).toBe('-');
  });

  it('has the period of idea 3, and how late pdflush may come', () => {
    const text = prose.replaceAll(/\s+/g, ' ');
    const { expireAfter, writebackInterval } = KERNELS['linux-2.6.25'];
    const idea3 = strategyNamed('clear-after-period')!;
    const patienceIn = (file: string): number =>
      (tunedBy(shippedScenario(file), idea3).patience ?? 0) / 1e9;
    const short = patienceIn('explore/one-page-2-stores.yaml');
    expect(text).toContain(`not safe with the ${short} s of pdflush`);
    expect(text).toContain(`up to ${(expireAfter + writebackInterval) / 1e9} s`);
    const longer = patienceIn('explore/longer-period.yaml');
    expect(text).toContain(`With ${longer} s it is safe with these times (longer-period)`);
  });

  it('has no other number', () => {
    const list = prose.split('What the tables show:')[1] ?? '';
    const inWords = list.replaceAll(
      /[Ii]dea \d|`[^`]*`|dm-raid1|block-\S+|inode-2-appends|clean-candidate/g,
      '',
    );
    expect(inWords.match(/\d+/g)).toEqual(['30', '35', '40', '47', '30', '20', '40', '44']);
  });

  it('has what the mail ends with, and whose fault a scribble is', () => {
    const twice = rowOf('explore/mail/block-used-twice.yaml', 'clear-when-idle', 'scenario');
    expect(twice[REMARK]).toMatch(/^block bitmap \d+, group descriptors \d+, .*block-used-twice/);
    const bitmap = rowOf('explore/bitmap/block-bitmap.yaml', 'clear-when-idle', 'free');
    expect(bitmap[REMARK]).toMatch(/group descriptors \d+, block bitmap \d+/);
    const scribble = rowOf('explore/o-direct-scribble.yaml', 'lock-pages', 'scenario');
    expect(scribble[REMARK]).toMatch(/^the application's own: data \d+$/);
  });
});
