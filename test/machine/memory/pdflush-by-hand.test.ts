import { beforeEach, describe, expect, it } from 'vitest';
import { baseOf } from '../../../src/lab/base.js';
import { fileSystemOn } from '../../../src/lab/assembly/file-system.js';
import { groundOf, type Ground } from '../../../src/lab/assembly/ground.js';
import { storageOn } from '../../../src/lab/assembly/storage.js';
import { threadsOn } from '../../../src/lab/assembly/threads.js';
import type { Conditions } from '../../../src/lab/conditions.js';
import { BLOCK_DEVICE, DIRTY_PAGES } from '../../../src/machine/memory/dirty-inodes.js';
import { PageWriter } from '../../../src/machine/memory/page-writer.js';
import type { Pdflush } from '../../../src/machine/memory/pdflush.js';
import {
  UNLIMITED,
  WritebackInodes,
  type WritebackParts,
} from '../../../src/machine/memory/writeback-inodes.js';
import type { Ext2 } from '../../../src/machine/files/ext2.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../../support/small-scenario.js';

/** A pass of pdflush by hand, where everything is tried: what of it is seen, and what is left. */

const FREE: Conditions = { timing: 'free', levels: 2, isBounded: true };
const ONE_FILE = '{ app: [{ overwrite: [/a, 0B, 512B] }] }';
const TWO_FILES = '{ app: [{ overwrite: [/a, 0B, 512B] }, { store: [/b, 0B, 512B] }] }';
/** The slot of /a. */
const A = 1;

class Bench {
  readonly ground: Ground;
  readonly fs: Ext2;
  readonly kupdate: Pdflush;
  readonly slot: number;

  constructor(workload: string) {
    const scenario = smallScenario(
      'files={ /a: 8KiB, /b: 1KiB }',
      'fileTimes=stay',
      `workload=${workload}`,
      'bound.writebacks=1',
    );
    this.ground = groundOf(scenario, clearWhenIdle, FREE, baseOf(scenario));
    const storage = storageOn(this.ground);
    const fileSystem = fileSystemOn(this.ground, storage);
    this.fs = fileSystem.fs;
    this.kupdate = threadsOn(this.ground, storage, fileSystem).kupdate;
    this.slot = this.ground.slots.kupdate;
    this.kupdate.reset();
  }

  pass(parts: Partial<WritebackParts> = {}, index = new Int32Array(9)): WritebackInodes {
    const { cache, gate, dirty, inodes } = this.fs;
    const { state } = this.ground.arena;
    const writer = new PageWriter(cache, 'pdflush', this.slot, index, state);
    const { oneIsDirty } = dirty;
    const means = { cache, gate, dirty, inodes, writer, oneIsDirty };
    const who = { name: 'pdflush', slot: this.slot, forKupdate: true, hasEnough: () => false };
    return new WritebackInodes({ ...who, ...means, ...parts }, state);
  }

  expire(inode: number): void {
    this.fs.dirty.mark(inode, DIRTY_PAGES);
    this.fs.dirty.expire(inode);
  }

  get isArmed(): boolean {
    return this.ground.agenda.isArmed(this.slot);
  }

  /** Steps pdflush once if it is due. */
  step(): boolean {
    const { agenda } = this.ground;
    if (!agenda.isArmed(this.slot)) return false;
    agenda.disarm(this.slot);
    this.kupdate.step();
    return true;
  }
}

describe.each([
  ['one file', ONE_FILE, true],
  ['two files', TWO_FILES, false],
])('where %s can be dirty', (_, workload, isOne) => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench(workload);
  });

  it(`the end of the list of files is ${isOne ? 'not ' : ''}seen, that of the device never`, () => {
    const pass = bench.pass();
    pass.start(UNLIMITED);
    expect(pass.isUnseen).toBe(isOne);
    pass.step();
    expect(pass.isUnseen).toBe(true);
  });

  it(`the way back to the first page is ${isOne ? 'not ' : ''}seen`, () => {
    const pass = bench.pass({}, Int32Array.of(0, 2));
    bench.expire(A);
    pass.start(UNLIMITED);
    pass.step();
    expect(pass.isUnseen).toBe(isOne);
  });

  it(`who is woken for nothing is ${isOne ? 'not ' : ''}seen, for something always`, () => {
    expect(bench.kupdate.isUnseen).toBe(isOne);
    bench.fs.superBlock.dirty();
    expect(bench.kupdate.isUnseen).toBe(false);
  });

  it('who is woken for nothing sleeps again at once', () => {
    bench.ground.agenda.wake(bench.slot);
    bench.step();
    expect(bench.isArmed).toBe(false);
  });

  it(`a wake-up for what the pass has written is ${isOne ? 'forgotten' : 'kept'}`, () => {
    bench.expire(A);
    bench.ground.agenda.wake(bench.slot);
    bench.step();
    bench.step();
    bench.ground.agenda.wake(bench.slot);
    for (let n = 0; n < 3; n++) bench.step();
    expect(bench.isArmed).toBe(!isOne);
  });
});

describe('a pass', () => {
  it('finds what has expired among the files, and on the device', () => {
    for (const inode of [A, BLOCK_DEVICE]) {
      const bench = new Bench(TWO_FILES);
      const [old, any] = [bench.pass(), bench.pass({ forKupdate: false })];
      expect([old.findsNothing, any.findsNothing]).toEqual([true, true]);
      bench.fs.dirty.mark(inode, DIRTY_PAGES);
      expect([old.findsNothing, any.findsNothing]).toEqual([true, false]);
      bench.fs.dirty.expire(inode);
      expect([old.findsNothing, any.findsNothing]).toEqual([false, false]);
      expect(bench.pass({ hasEnough: () => true }).findsNothing).toBe(true);
    }
  });

  it('that goes over no inode uses up no bound', () => {
    const bench = new Bench(TWO_FILES);
    for (let round = 0; round < 3; round++) {
      bench.fs.superBlock.dirty();
      bench.ground.agenda.wake(bench.slot);
      while (bench.step());
      expect(bench.fs.superBlock.isDirty).toBe(false);
    }
    bench.expire(A);
    bench.ground.agenda.wake(bench.slot);
    while (bench.step());
    bench.fs.superBlock.dirty();
    bench.ground.agenda.wake(bench.slot);
    while (bench.step());
    expect(bench.fs.superBlock.isDirty).toBe(true);
  });
});
