/**
 * An application: one thread that runs the steps of a program, one system call after another.
 *
 * A program is flattened once into instructions; a loop is a jump and a counter. Between two points
 * of a call the thread may be gone for as long as preempted threads may be gone.
 */
import type { DirectWrite } from './files/direct-write.js';
import type { Duties } from './memory/duties.js';
import type { FileCreate } from './files/file-create.js';
import type { FileSync } from './files/file-sync.js';
import type { FileUnlink } from './files/file-unlink.js';
import { AT_END, type FileWrite } from './files/file-write.js';
import type { Thread } from './files/ext2.js';
import type { MappedStore } from './files/mapped-store.js';
import type { Inodes } from './files/inodes.js';
import type { Call, Instruction } from './instruction.js';
import {
  AT_ONCE,
  NotModelled,
  PREEMPTIBLE,
  RETURNED,
  WAITING,
  type Operation,
} from './operation.js';
import type { Scribble } from './files/scribble.js';
import type { SystemSync } from './memory/system-sync.js';
import { isFetchUnseen } from './unseen.js';
import type { UseMemory } from './memory/use-memory.js';
import type { LatencyModel } from '../media/latency.js';
import type { Agenda, Task } from '../sim/agenda.js';
import type { Bank } from '../sim/arena.js';
import type { Budget } from '../sim/budget.js';
import type { Door } from '../sim/door.js';
import type { Trace } from '../sim/trace.js';
import { durationOf } from '../sim/time.js';
import type { Happening } from './happening.js';

export interface Calls {
  readonly create: FileCreate;
  readonly write: FileWrite;
  readonly unlink: FileUnlink;
  readonly fsync: FileSync;
  readonly sync: SystemSync;
  readonly store: MappedStore;
  readonly direct: DirectWrite;
  readonly scribble: Scribble;
  readonly memory: UseMemory;
}

export interface ApplicationParts {
  readonly program: readonly Instruction[];
  readonly calls: Calls;
  readonly duties: Duties;
  readonly inodes: Inodes;
  readonly agenda: Agenda;
  readonly thread: Thread;
  readonly preemption: LatencyModel;
  readonly door: Door;
  readonly trace: Trace<Happening>;
  /** Whether no more than one inode, a file's, is ever dirty. */
  readonly oneIsDirty: boolean;
  /** Calls that store, and calls of sync(), that all of them may make. */
  readonly bounds: { readonly stores: Budget; readonly syncs: Budget };
}

const FETCH = 0;
const IN_CALL = 1;

const POINT = 0;
const NEXT = 1;
const CALL = 2;
const COUNTERS = 3;

export class Application implements Task {
  readonly #program: readonly Instruction[];
  readonly #calls: Calls;
  readonly #duties: Duties;
  readonly #operations: readonly Operation[];
  readonly #inodes: Inodes;
  readonly #agenda: Agenda;
  readonly #thread: Thread;
  readonly #preemption: LatencyModel;
  readonly #door: Door;
  readonly #trace: Trace<Happening>;
  readonly #bounds: ApplicationParts['bounds'];
  readonly #oneIsDirty: boolean;
  readonly #now: Int32Array;

  constructor(parts: ApplicationParts, state: Bank) {
    const { create, write, unlink, fsync, sync, store, direct, scribble, memory } = parts.calls;
    this.#program = parts.program;
    this.#calls = parts.calls;
    this.#duties = parts.duties;
    this.#operations = [create, write, unlink, fsync, sync, store, direct, scribble, memory];
    this.#inodes = parts.inodes;
    this.#agenda = parts.agenda;
    this.#thread = parts.thread;
    this.#preemption = parts.preemption;
    this.#door = parts.door;
    this.#trace = parts.trace;
    this.#bounds = parts.bounds;
    this.#oneIsDirty = parts.oneIsDirty;
    const loops = parts.program.filter(({ op }) => op === 'loop').length;
    this.#now = state.i32(COUNTERS + loops);
  }

  reset(): void {
    this.#agenda.arm(this.#thread.slot, 0);
  }

  /** It sleeps, ends, or finds the file locked. */
  get isUnseen(): boolean {
    const now = this.#now;
    if (this.#duties.areOwed) return false;
    if (now[POINT] === IN_CALL) return this.#operations[now[CALL]!]!.isUnseen === true;
    const waits = this.#oneIsDirty && !this.#bounds.stores.isBounded;
    return isFetchUnseen(this.#program[now[NEXT]!], this.#agenda.now, this.#inodes, waits);
  }

  step(): void {
    const duties = this.#duties;
    let progress = RETURNED;
    while (progress === RETURNED) {
      if (duties.areOwed) {
        progress = duties.step();
        continue;
      }
      if (this.#now[POINT] === FETCH && !this.#fetch()) return;
      duties.stepBegins();
      progress = this.#operations[this.#now[CALL]!]!.step();
      if (progress === RETURNED) this.#now[POINT] = FETCH;
      duties.stepEnded();
      // Between two calls no time passes; where time does not count, anybody may come first.
      if (progress === RETURNED && this.#agenda.timing === 'free') progress = AT_ONCE;
    }
    switch (progress) {
      case PREEMPTIBLE: {
        const { bound } = this.#preemption;
        const gone = this.#preemption.at(this.#door.choose(bound, 'preempted'));
        this.#agenda.arm(this.#thread.slot, gone);
        return;
      }
      case WAITING:
        return;
      case AT_ONCE:
        this.#agenda.arm(this.#thread.slot, 0);
        return;
      default:
        throw new Error(`a call answered ${progress}`);
    }
  }

  /** Starts the next system call; false: the thread sleeps, or has come to its end. */
  #fetch(): boolean {
    const now = this.#now;
    for (;;) {
      const instruction = this.#program[now[NEXT]!];
      if (instruction === undefined) return false;
      now[NEXT]!++;
      switch (instruction.op) {
        case 'sleep': {
          const pause = instruction.for.at(this.#door.choose(instruction.for.bound, 'pause'));
          this.#agenda.arm(this.#thread.slot, pause);
          return false;
        }
        case 'at':
          if (instruction.at <= this.#agenda.now) break;
          this.#agenda.arm(this.#thread.slot, durationOf(instruction.at - this.#agenda.now));
          return false;
        case 'loop': {
          const passed = ++now[COUNTERS + instruction.counter]!;
          if (instruction.times === undefined) now[COUNTERS + instruction.counter] = 0;
          if (passed === instruction.times) now[COUNTERS + instruction.counter] = 0;
          else now[NEXT] = instruction.to;
          break;
        }
        default:
          if (!this.#budgetOf(instruction).take()) return false;
          this.#tell(instruction);
          now[POINT] = IN_CALL;
          now[CALL] = this.#start(instruction);
          return true;
      }
    }
  }

  #budgetOf({ op }: Call): Budget {
    return op === 'sync' || op === 'fsync' ? this.#bounds.syncs : this.#bounds.stores;
  }

  /** Returns the number of the call among the operations. */
  #start(instruction: Call): number {
    const { create, write, unlink, fsync, sync, store, direct, scribble, memory } = this.#calls;
    switch (instruction.op) {
      case 'create':
        create.start(instruction.file);
        return 0;
      case 'append':
        this.#mustExist(instruction);
        write.start(instruction.file, AT_END, instruction.bytes);
        return 1;
      case 'overwrite':
        this.#mustExist(instruction);
        write.start(instruction.file, instruction.offset, instruction.bytes);
        return 1;
      case 'unlink':
        unlink.start(instruction.file);
        return 2;
      case 'fsync':
        this.#mustExist(instruction);
        fsync.start(instruction.file);
        return 3;
      case 'sync':
        sync.start();
        return 4;
      case 'store':
        this.#mustExist(instruction);
        store.start(instruction.file, instruction.offset, instruction.bytes);
        return 5;
      case 'direct':
        this.#mustExist(instruction);
        direct.start(instruction.file, instruction.offset, instruction.bytes);
        return 6;
      case 'scribble':
        scribble.start(instruction.file, instruction.offset, instruction.bytes);
        return 7;
      case 'use':
      case 'release':
        memory[instruction.op](instruction.bytes);
        return 8;
    }
  }

  #tell(instruction: Call): void {
    if (!this.#trace.listening) return;
    const path = 'path' in instruction ? ` ${instruction.path}` : '';
    const what = `${instruction.op}${path}`;
    this.#trace.tell({ kind: 'step', at: this.#agenda.now, actor: this.#thread.name, what });
  }

  #mustExist({ op, file, path }: Extract<Call, { readonly path: string }>): void {
    if (this.#inodes.isUsable(file)) return;
    throw new NotModelled(`${this.#thread.name}: ${op} of ${path}, which does not exist then`);
  }
}
