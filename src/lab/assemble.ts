/**
 * From a scenario and a strategy to a machine that can run: the only place that says `new`.
 *
 * The general comes first and is handed to the particular; nothing looks anything up later.
 */
import { baseOf } from './base.js';
import { compile, type Compiled } from './compile.js';
import type { Scenario } from '../scenario/scenario.js';
import { nameBytes } from '../ext2/directory.js';
import type { Layout } from '../ext2/layout.js';
import { Reservations, WINDOW_INTS } from '../ext2/reservations.js';
import { SUPERBLOCK_SECTOR } from '../ext2/superblock.js';
import { Application } from '../machine/application.js';
import { BlockAllocation } from '../machine/block-allocation.js';
import { Devices } from '../machine/devices.js';
import { DirtyInodes } from '../machine/dirty-inodes.js';
import { Exposure } from '../machine/exposure.js';
import type { Ext2, Thread } from '../machine/ext2.js';
import { FileCreate } from '../machine/file-create.js';
import { FileSync } from '../machine/file-sync.js';
import { FileUnlink } from '../machine/file-unlink.js';
import { FileWrite } from '../machine/file-write.js';
import type { Happening } from '../machine/happening.js';
import { Inodes } from '../machine/inodes.js';
import { Kcopyd, SUB_JOBS, SUB_JOB_SECTORS } from '../machine/kcopyd.js';
import { KERNELS } from '../machine/kernel.js';
import { Memory } from '../machine/memory.js';
import { Mirror } from '../machine/mirror.js';
import { MOST_REQUEST_SECTORS, PageCache } from '../machine/page-cache.js';
import { PageWriter } from '../machine/page-writer.js';
import { Pdflush, WritebackTimer } from '../machine/pdflush.js';
import { Promises, templateOf } from '../machine/promises.js';
import { RegionHash } from '../machine/region-hash.js';
import type { FixStrategy } from '../machine/strategy.js';
import { SuperBlock } from '../machine/super-block.js';
import { SystemSync } from '../machine/system-sync.js';
import { World } from '../machine/world.js';
import type { Drive } from '../media/drives.js';
import { PAGE_BYTES, SECTOR_BYTES, geometryOf } from '../media/geometry.js';
import { latencyModel } from '../media/latency.js';
import { Leg, type DriveModel } from '../media/leg.js';
import { LogDevice } from '../media/log-device.js';
import { Requests } from '../media/requests.js';
import { Agenda, type Task } from '../sim/agenda.js';
import { arena as newArena } from '../sim/arena.js';
import { Doors } from '../sim/door.js';
import { Fingerprint } from '../sim/fingerprint.js';
import { instantOf } from '../sim/time.js';
import { Trace } from '../sim/trace.js';

/** What a scenario becomes: the machine, and what readers of its disks need. */
export interface Assembly {
  readonly world: World;
  readonly layout: Layout;
}

/** Requests under way at once that a run may have; a run that needs more has run away. */
const MOST_REQUESTS = 4096;

export function assemble(scenario: Scenario, strategy: FixStrategy): Assembly {
  const base = baseOf(scenario);
  const { pool, layout } = base;
  const kernel = KERNELS[scenario.kernel];
  const program = compile(scenario);
  const preemption = latencyModel(scenario.preemption);
  const legCount = scenario.mirror.legs.length;
  const geometry = geometryOf(
    base.legs[0]!.length,
    scenario.mirror.regionBytes / SECTOR_BYTES,
    legCount,
  );
  const slots = slotsFor(legCount, program);

  const arena = newArena();
  const { state, clock, meters } = arena;
  const fingerprint = new Fingerprint();
  const doors = new Doors(fingerprint);
  const trace = new Trace<Happening>();
  const agenda = new Agenda(slots.count, state, clock, doors.door('agenda'));

  const memory = new Memory(base.memory, layout.sectorsPerBlock, pool, agenda, trace, arena);
  const requests = new Requests(Math.min(MOST_REQUESTS, layout.blocksCount * 2), state);
  const copies = state.i32(SUB_JOBS * SUB_JOB_SECTORS);
  const exposure = new Exposure(geometry, base.mismatches(geometry.regionSectors), arena);
  const devices = new Devices(
    geometry, memory.values, copies, pool, requests, agenda, exposure, trace,
  );
  const legs = scenario.mirror.legs.map(
    (drive, index) =>
      new Leg(
        {
          index,
          drive: driveModel(drive),
          plugging: kernel.plugging,
          base: base.legs[index]!,
          requests,
          mostSectors: MOST_REQUEST_SECTORS,
          host: devices,
          agenda,
          slot: slots.legs[index]!,
          plugSlot: slots.plugs[index]!,
          door: doors.door(`leg ${index}`),
        },
        arena,
      ),
  );
  const log = new LogDevice(
    {
      regions: geometry.regions,
      drive: driveModel(scenario.mirror.log),
      agenda,
      slot: slots.log,
      door: doors.door('log'),
      host: devices,
    },
    state,
    clock,
  );
  const regions = new RegionHash(geometry.regions, strategy, arena);
  const kcopyd = new Kcopyd(devices, requests, copies, state);
  const mirror = new Mirror(
    {
      devices,
      regions,
      requests,
      kcopyd,
      agenda,
      slot: slots.mirror,
      door: doors.door('mirror'),
      betweenLegs: latencyModel(kernel.betweenLegs),
      trace,
      meters,
    },
    state,
  );

  const timer = new WritebackTimer(agenda, slots.timer, kernel.writebackInterval, slots.kupdate);
  const expect = (): void => {
    timer.expect();
  };
  const inodeSlots = program.paths.length;
  const dirty = new DirtyInodes(
    inodeSlots,
    agenda,
    { files: slots.filesExpiry, device: slots.deviceExpiry },
    kernel.expireAfter,
    expect,
    arena,
  );
  const inodes = new Inodes(inodeSlots, memory, layout, agenda, slots.count, state);
  const cache = new PageCache(
    {
      blocks: layout.blocksCount,
      inodes: inodeSlots,
      regionSectors: geometry.regionSectors,
      memory,
      requests,
      mirror,
      dirty,
      agenda,
      trace,
      waiters: [slots.kupdate, slots.background, ...slots.applications],
    },
    arena,
  );
  const superBlock = new SuperBlock(
    Math.floor(SUPERBLOCK_SECTOR / layout.sectorsPerBlock),
    expect,
    state,
  );
  const templates = Int32Array.from(program.paths, (path) => templateOf(pool, path));
  const promises = new Promises(program.paths, templates, memory, inodes, layout, arena);
  const backgroundPages = Math.floor(
    (scenario.memoryBytes / PAGE_BYTES) * (kernel.backgroundPercent / 100),
  );
  const fs: Ext2 = {
    layout,
    memory,
    cache,
    dirty,
    inodes,
    superBlock,
    windows: new Reservations(state.i32(inodeSlots * WINDOW_INTS)),
    promises,
    balance: () => {
      if (cache.dirtyPages > backgroundPages) agenda.wake(slots.background);
    },
  };
  const writebackIndex = state.i32(inodeSlots);
  const pdflush = (['kupdate', 'background'] as const).map(
    (job) =>
      new Pdflush(
        {
          name: job === 'kupdate' ? 'pdflush' : 'pdflush background',
          job,
          backgroundPages,
          agenda,
          slot: slots[job],
          cache,
          dirty,
          inodes,
          superBlock,
          writer: new PageWriter(cache, slots[job], writebackIndex, state),
          preemption,
          door: doors.door(job),
        },
        state,
      ),
  );
  const names = program.paths.map((path) => nameBytes(path.slice(1)));
  const applications = program.applications.map(({ name, pid, instructions }, n) => {
    const thread: Thread = { name, pid, slot: slots.applications[n]! };
    const writer = new PageWriter(cache, thread.slot, writebackIndex, state);
    const allocation = new BlockAllocation(fs, thread, state);
    const calls = {
      create: new FileCreate(fs, thread, allocation, names, state),
      write: new FileWrite(fs, thread, allocation, state),
      unlink: new FileUnlink(fs, thread, names, state),
      fsync: new FileSync(fs, thread, writer, state),
      sync: new SystemSync(fs, thread, writer, state),
    };
    const door = doors.door(`application ${name}`);
    return new Application(
      instructions, calls, inodes, agenda, thread, preemption, door, trace, state,
    );
  });

  exposure.watcher = {
    opened: (region, at) => {
      if (!trace.listening) return;
      trace.tell({ kind: 'exposed', at: instantOf(at), actor: 'mirror', regions: [region] });
    },
    closed: (at) => {
      if (trace.listening) trace.tell({ kind: 'covered', at: instantOf(at), actor: 'mirror' });
    },
  };
  mirror.attach(legs, log);
  memory.attach(legs);
  cache.attach(inodes);
  kcopyd.attach((region) => {
    mirror.regionCopied(region);
  });
  devices.attach({ legs, log, mirror, kcopyd, cache });

  const tasks: Task[] = [];
  tasks[slots.log] = log;
  for (const leg of legs) {
    tasks[slots.legs[leg.index]!] = leg;
    tasks[slots.plugs[leg.index]!] = { step: () => { leg.unplug(); } };
  }
  tasks[slots.mirror] = mirror;
  tasks[slots.filesExpiry] = dirty.files;
  tasks[slots.deviceExpiry] = dirty.device;
  tasks[slots.timer] = timer;
  tasks[slots.kupdate] = pdflush[0]!;
  tasks[slots.background] = pdflush[1]!;
  for (const [n, application] of applications.entries()) {
    tasks[slots.applications[n]!] = application;
  }
  const world = new World({
    arena,
    agenda,
    doors,
    fingerprint,
    trace,
    tasks,
    layout,
    memory,
    inodes,
    devices,
    regions,
    mirror,
    log,
    exposure,
    promises,
    pdflush,
    applications,
    initiallyInSync: scenario.mirror.initially === 'in-sync',
    mostEvents: scenario.limits.events,
  });
  return { world, layout };
}

/** Who stands where on the agenda: of two that are due together the quiet order is disks, daemons, applications. */
function slotsFor(legs: number, program: Compiled) {
  let next = 0;
  const slot = (): number => next++;
  const several = (n: number): number[] => Array.from({ length: n }, slot);
  return {
    log: slot(),
    legs: several(legs),
    plugs: several(legs),
    mirror: slot(),
    filesExpiry: slot(),
    deviceExpiry: slot(),
    timer: slot(),
    kupdate: slot(),
    background: slot(),
    applications: several(program.applications.length),
    get count() {
      return next;
    },
  };
}

function driveModel(drive: Drive): DriveModel {
  return {
    firstSample: latencyModel(drive.firstSample),
    sectorTime: drive.sectorTime,
    durable: latencyModel(drive.durable),
  };
}
