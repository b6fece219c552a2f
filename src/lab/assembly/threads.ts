/** The threads: pdflush for what is old and for what is too much, and the applications. */
import type { FileSystem } from './file-system.js';
import type { Ground } from './ground.js';
import type { Storage } from './storage.js';
import { nameBytes } from '../../ext2/directory.js';
import { Application } from '../../machine/application.js';
import { BlockAllocation } from '../../machine/block-allocation.js';
import type { Devices } from '../../machine/devices.js';
import { DirectWrite } from '../../machine/direct-write.js';
import type { Thread } from '../../machine/ext2.js';
import { FileCreate } from '../../machine/file-create.js';
import { FileSync } from '../../machine/file-sync.js';
import { FileUnlink } from '../../machine/file-unlink.js';
import { FileWrite } from '../../machine/file-write.js';
import { MappedStore } from '../../machine/mapped-store.js';
import { PageWriter } from '../../machine/page-writer.js';
import { Pdflush } from '../../machine/pdflush.js';
import { Scribble } from '../../machine/scribble.js';
import { REGION_HELPER } from '../../machine/region-helper.js';
import { SystemSync } from '../../machine/system-sync.js';

export interface Threads {
  readonly kupdate: Pdflush;
  readonly background: Pdflush;
  readonly applications: readonly Application[];
  /** The sync() of the strategy's helper thread. */
  readonly helpersSync: SystemSync;
}

export function threadsOn(
  ground: Ground,
  { devices }: Storage,
  { fs, backgroundPages }: FileSystem,
): Threads {
  const { program, arena, agenda, doors, slots, preemption } = ground;
  const { state } = arena;
  const writebackIndex = state.i32(program.paths.length);
  const pdflush = (job: 'kupdate' | 'background', name: string): Pdflush =>
    new Pdflush(
      {
        ...{ name, job, backgroundPages, agenda, preemption },
        ...{
          cache: fs.cache,
          dirty: fs.dirty,
          inodes: fs.inodes,
          gate: fs.gate,
          superBlock: fs.superBlock,
        },
        slot: slots[job],
        writer: new PageWriter(fs.cache, name, slots[job], writebackIndex, state),
        door: doors.door(job),
      },
      state,
    );
  const helper: Thread = { name: REGION_HELPER, pid: 0, slot: slots.helper };
  const writer = new PageWriter(fs.cache, helper.name, helper.slot, writebackIndex, state);
  return {
    helpersSync: new SystemSync(fs, helper, writer, state),
    kupdate: pdflush('kupdate', 'pdflush'),
    background: pdflush('background', 'pdflush background'),
    applications: program.applications.map((_, n) =>
      application(ground, devices, fs, n, writebackIndex),
    ),
  };
}

function application(
  { program, arena, agenda, doors, slots, preemption, trace }: Ground,
  devices: Devices,
  fs: FileSystem['fs'],
  n: number,
  writebackIndex: Int32Array,
): Application {
  const { state } = arena;
  const { name, pid, instructions } = program.applications[n]!;
  const names = program.paths.map((path) => nameBytes(path.slice(1)));
  const thread: Thread = { name, pid, slot: slots.applications[n]! };
  const writer = new PageWriter(fs.cache, name, thread.slot, writebackIndex, state);
  const allocation = new BlockAllocation(fs, thread, state);
  const calls = {
    create: new FileCreate(fs, thread, allocation, names, state),
    write: new FileWrite(fs, thread, allocation, state),
    unlink: new FileUnlink(fs, thread, names, state),
    fsync: new FileSync(fs, thread, writer, state),
    sync: new SystemSync(fs, thread, writer, state),
    store: new MappedStore(fs, thread, state),
    direct: new DirectWrite(fs, thread, writer, state),
    scribble: new Scribble(fs, thread, devices, state),
  };
  const door = doors.door(`application ${name}`);
  return new Application(
    { program: instructions, calls, inodes: fs.inodes, agenda, thread, preemption, door, trace },
    state,
  );
}
