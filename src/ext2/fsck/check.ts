/**
 * The file system check: what `e2fsck -fn`, `-fy` and `-fp` find and do on what this program
 * writes.
 *
 * Follows: e2fsck/unix.c `main` with `e2fsck_run`, pass by pass.
 * Differs: where a repair changes what an earlier pass has counted the passes start anew, where
 * e2fsck corrects its counts or asks to be run again, so that what loses its last name on the way
 * may be lost for want of a lost+found that e2fsck has by its next run; a preen that is refused
 * leaves everything but s_state as it was, where e2fsck has already repaired what it met before.
 * Leaves out: backup superblocks, moving tables that lie outside their group.
 */
import { type MutableSectors, OverlaidSectors, type Sectors } from '../../media/sectors.js';
import type { Layout } from '../layout.js';
import {
  STATE_ERROR,
  STATE_VALID,
  readLayout,
  setState,
  stateOf,
  writeTotals,
} from '../superblock.js';
import { type Answers, Examination } from './examination.js';
import { checkInodes } from './pass1.js';
import { resolveMultipleClaims } from './pass1b.js';
import { checkDirectories } from './pass2.js';
import { checkParents } from './pass3.js';
import { checkLinks } from './pass4.js';
import { checkBitmaps } from './pass5.js';
import { type CheckReport, type Problem, counts, needsPerson } from './problems.js';

/**
 * Of nine thousand disks damaged at random one took nine and none took more: forty would be a
 * repair that undoes itself.
 */
const MOST_ROUNDS = 40;

/** Finds everything, changes nothing: `e2fsck -fn`. */
export function check(disk: Sectors): CheckReport {
  const reading = readLayout(disk);
  if (!reading.ok) return unreadable(reading.problem);
  const problems = examine(new OverlaidSectors(disk), reading.layout, 'no').problems;
  return { verdict: problems.some(({ code }) => counts(code)) ? 'left' : 'clean', problems };
}

/** Repairs everything: `e2fsck -fy`. */
export function repair(disk: MutableSectors): CheckReport {
  return mend(disk, 'yes');
}

/** Repairs what is safe, and refuses when anything is not: `e2fsck -fp`. */
export function preen(disk: MutableSectors): CheckReport {
  const trial = new OverlaidSectors(disk);
  const report = mend(trial, 'preen');
  const refused = report.problems.some(({ code }) => needsPerson(code));
  if (refused) {
    if (readLayout(disk).ok) setState(disk, stateOf(disk) | STATE_ERROR);
    const problems = report.problems.map((problem) => ({ ...problem, repaired: false }));
    return { verdict: 'refused', problems };
  }
  for (const sector of trial.changed()) disk.set(sector, trial.get(sector));
  return report;
}

function mend(disk: MutableSectors, answers: Answers): CheckReport {
  const reading = readLayout(disk);
  if (!reading.ok) return unreadable(reading.problem);
  const { layout } = reading;
  const problems: Problem[] = [];
  let left = true;
  let before: readonly Problem[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const exam = examine(disk, layout, answers);
    // What is found again as it was cannot be repaired: it is told once.
    const isStuck = round > 0 && (left || !exam.again);
    if (isStuck && areSame(exam.problems, before)) break;
    before = exam.problems;
    problems.push(...exam.problems);
    left = exam.problems.some((problem) => !problem.repaired && counts(problem.code));
    // No other pass reads what the last one repairs: nothing would be found again.
    if (exam.problems.every(({ pass }) => pass === 5) || (left && !exam.again)) break;
  }
  if (left) return { verdict: 'left', problems };
  setState(disk, STATE_VALID);
  writeTotals(disk, layout);
  return { verdict: problems.length > 0 ? 'repaired' : 'clean', problems };
}

function areSame(found: readonly Problem[], before: readonly Problem[]): boolean {
  return found.length === before.length && found.every(({ text }, n) => text === before[n]?.text);
}

/** One run of the passes, cut short where a repair makes their counts stale. */
function examine(disk: MutableSectors, layout: Layout, answers: Answers): Examination {
  const exam = new Examination(disk, layout, answers);
  for (const pass of PASSES) {
    pass(exam);
    if (exam.again || exam.stopped) break;
  }
  return exam;
}

const PASSES = [
  checkInodes,
  resolveMultipleClaims,
  checkDirectories,
  checkParents,
  checkLinks,
  checkBitmaps,
] as const;

function unreadable(text: string): CheckReport {
  const problem = { pass: 0, code: 'superblock-unreadable', text, repaired: false } as const;
  return { verdict: 'left', problems: [problem] };
}
