/** Our check beside the real one on one disk: what both find, and what both leave when mending. */
import { expect } from 'vitest';
import { check, preen, repair } from '../../src/ext2/fsck/check.js';
import type { CheckReport } from '../../src/ext2/fsck/problems.js';
import type { Layout } from '../../src/ext2/layout.js';
import { stateOf } from '../../src/ext2/superblock.js';
import { contentOf, inodeOf, listFiles } from '../../src/ext2/tree.js';
import { walkBlocks } from '../../src/ext2/walk.js';
import type { DenseSectors } from '../../src/media/sectors.js';
import { type Workbench } from './e2fsprogs.js';
import { type Findings, findingsIn, findingsOf } from './findings.js';
import { copyOf, type Lived } from './lived.js';

/** e2fsck left the check before its end. */
const ABORTED = 8;
/** It corrected all that it found. */
const REPAIRED = 1;

/** All three. */
export function judgesTheSame(bench: Workbench, disk: DenseSectors, layout: Layout): Findings {
  const findings = findsTheSame(bench, disk);
  preensTheSame(bench, disk);
  repairsTheSame(bench, disk, layout);
  return findings;
}

/** What our repair found and mended, all of it; e2fsck, where it is there, does the same. */
export function repairedAs(
  bench: Workbench | undefined,
  { disk, layout }: Pick<Lived, 'disk' | 'layout'>,
): readonly string[] {
  if (bench !== undefined) judgesTheSame(bench, disk, layout);
  const { verdict, problems } = repair(disk);
  const after = check(disk);
  expect([verdict, after.verdict, after.problems]).toEqual(['repaired', 'clean', []]);
  return problems.map(({ code }) => code);
}

/** Ours beside `e2fsck -fn`: the same verdict, the same problems, of the same blocks and inodes. */
export function findsTheSame(bench: Workbench, disk: DenseSectors): Findings {
  const ours = check(disk);
  const theirs = bench.check(disk);
  const told = `${textOf(ours)}\n--- e2fsck -fn\n${theirs.text}`;
  expect(ours.verdict === 'clean', told).toBe(theirs.code === 0);
  const found = findingsOf(ours.problems);
  const sought = findingsIn(theirs.text);
  // Whoever left before the end has not found all.
  if (theirs.code < ABORTED) expect(found, told).toEqual(sought);
  else
    expect(
      sought.found.filter((one) => !found.found.includes(one)),
      told,
    ).toEqual([]);
  return found;
}

/** Ours beside `e2fsck -fp`: the same refusals, and else nothing that e2fsck would still say. */
export function preensTheSame(bench: Workbench, damaged: DenseSectors): void {
  const disk = copyOf(damaged);
  const ours = preen(disk);
  const theirs = bench.run('e2fsck', '-fp', bench.write(damaged));
  const told = `${textOf(ours)}\n--- e2fsck -fp\n${theirs.text}`;
  expect(ours.verdict === 'refused', told).toBe(theirs.code === 4);
  if (ours.verdict === 'refused') expect(stateOf(disk)).toBe(stateOf(bench.read('disk.img')));
  else expect(bench.check(disk).code, told).toBe(0);
}

/**
 * Ours beside `e2fsck -fy`: nothing is left to say, and the same files hold the same bytes.
 * entries.ts and pass1b.ts say in their headers where they do not: of two files with one name, of
 * one that claims a block twice, and of one whose indirect block somebody else claims.
 */
export function repairsTheSame(bench: Workbench, damaged: DenseSectors, layout: Layout): void {
  const disk = copyOf(damaged);
  const ours = repair(disk);
  const { found } = findingsOf(ours.problems);
  const theirs = bench.write(damaged, 'theirs.img');
  const { text } = bench.run('e2fsck', '-fy', theirs);
  const { code } = bench.run('e2fsck', '-fy', theirs);
  if (ours.verdict === 'left') {
    // Ours need not do what e2fsck does not, even if it leaves with less than it should.
    const isLeft = code > REPAIRED || bench.run('e2fsck', '-fn', theirs).code > 0;
    expect(isLeft, `${textOf(ours)}\n--- e2fsck -fy\n${text}`).toBe(true);
    return;
  }
  const after = bench.check(disk);
  expect(after.code, `${textOf(ours)}\n--- e2fsck -fn afterwards\n${after.text}`).toBe(0);
  expect(check(disk).problems).toEqual([]);
  if (RENAMES.test(text) || found.some(claimsTwice)) return;
  if (found.some((finding) => sharesTable(damaged, layout, finding))) return;
  expect(filesOf(disk, layout)).toEqual(filesOf(bench.read('theirs.img'), layout));
}

function textOf(report: CheckReport): string {
  return [report.verdict, ...report.problems.map((problem) => problem.text)].join('\n');
}

const RENAMES = /has a non-unique filename/;

/** `multiply-claimed: inode block block...` */
function claimsTwice(finding: string): boolean {
  const [code, , ...blocks] = finding.split(' ');
  return code === 'multiply-claimed:' && new Set(blocks).size < blocks.length;
}

/** Whether what an inode shares is an indirect block of its own. */
function sharesTable(disk: DenseSectors, layout: Layout, finding: string): boolean {
  const [code, ino, ...blocks] = finding.split(' ');
  if (code !== 'multiply-claimed:') return false;
  let shares = false;
  walkBlocks(disk, layout, inodeOf(disk, layout, Number(ino)), (block, _logical, level) => {
    shares ||= level > 0 && blocks.includes(String(block));
    return block;
  });
  return shares;
}

/** What somebody who reads the files sees; where in lost+found something lies does not matter. */
function filesOf(disk: DenseSectors, layout: Layout): readonly string[] {
  return listFiles(disk, layout)
    .filter((file) => !file.directory)
    .map(({ path, ino, size }) => {
      const place = path.startsWith('/lost+found/') ? 'lost' : path;
      const bytes = Buffer.from(contentOf(disk, layout, inodeOf(disk, layout, ino)));
      return `${place} ${ino} ${size} ${bytes.toString('base64')}`;
    })
    .sort();
}
