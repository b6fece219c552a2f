/**
 * From a scenario and a strategy to a machine that can run. This and its folder are the only places
 * that say `new`.
 *
 * The general comes first and is handed to the particular; nothing looks anything up later.
 */
import { baseOf } from './base.js';
import { AS_WRITTEN, type Conditions } from './conditions.js';
import { fileSystemOn } from './assembly/file-system.js';
import { groundOf, type Ground } from './assembly/ground.js';
import type { Slots } from './assembly/slots.js';
import { storedSectors } from './assembly/stored-sectors.js';
import { storageOn, type Storage } from './assembly/storage.js';
import { threadsOn, type Threads } from './assembly/threads.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Layout } from '../ext2/layout.js';
import type { Ext2 } from '../machine/files/ext2.js';
import type { FixStrategy } from '../machine/strategy.js';
import { Renaming } from '../machine/renaming.js';
import { World } from '../machine/world.js';
import type { Task } from '../sim/agenda.js';

/** What a scenario becomes: the machine, and what readers of its disks need. */
export interface Assembly {
  readonly world: World;
  readonly layout: Layout;
}

export function assemble(
  scenario: Scenario,
  strategy: FixStrategy,
  conditions: Conditions = AS_WRITTEN,
  base = baseOf(scenario),
): Assembly {
  const ground = groundOf(scenario, strategy, conditions, base);
  const storage = storageOn(ground);
  const fileSystem = fileSystemOn(ground, storage);
  const { fs, timer } = fileSystem;
  const threads = threadsOn(ground, storage, fileSystem);
  const renaming = renamingOn(ground, storage, fs);
  connect(storage, fs, threads, renaming);
  const { arena, agenda, doors, fingerprint, trace, slots } = ground;
  const { layout } = base;
  const { memory, devices, fix, mirror, log, exposure, byApplication, coverage } = storage;
  const { regions, latency, helper, copies, sums } = fix;
  const world = new World({
    arena,
    agenda,
    doors,
    fingerprint,
    trace,
    layout,
    memory,
    devices,
    regions,
    mirror,
    log,
    exposure,
    byApplication,
    inodes: fs.inodes,
    promises: fs.promises,
    files: bootFiles(ground),
    tasks: tasksOf(slots, storage, fs, timer, threads),
    prices: {
      mirror,
      log,
      coverage,
      latency,
      gate: fs.gate,
      cache: fs.cache,
      helper,
      copies,
      sums,
    },
    lru: fs.lru,
    daemons: [threads.kupdate, threads.background, threads.kswapd],
    applications: threads.applications,
    goesOnUnseen: conditions.timing === 'free' && conditions.stepByStep !== true,
    renaming,
    initiallyInSync: scenario.mirror.initially === 'in-sync',
    mostEvents: Math.min(scenario.limits.events, conditions.mostEvents ?? Infinity),
    // One that learns joins a search under way: what states of that hold is not its to forget.
    baseValues: conditions.learns === true ? Infinity : base.values,
  });
  return { world, layout };
}

function bootFiles({ base, program }: Ground): { slot: number; ino: number }[] {
  return base.files.map(({ path, ino }) => ({ slot: program.paths.indexOf(path), ino }));
}

function renamingOn(
  ground: Ground,
  { memory, requests, devices, legs }: Storage,
  fs: Ext2,
): Renaming | undefined {
  const { scenario, strategy, program, conditions } = ground;
  if (conditions.renames !== true) return undefined;
  const stored = storedSectors(scenario, strategy, program.paths);
  if (stored === undefined) return undefined;
  const { inodes, promises } = fs;
  return new Renaming({ memory, requests, devices, legs, inodes, promises, stored });
}

/** Those that call each other both ways. */
function connect(
  { legs, log, mirror, recordFlush, kcopyd, memory, devices, fix }: Storage,
  { cache, direct }: Ext2,
  { helpersSync, syncs }: Threads,
  renaming: Renaming | undefined,
): void {
  mirror.attach(legs, renaming);
  recordFlush.attach(legs, log);
  memory.attach(legs, fix.strategy.stores === 'copy' ? fix.copies : undefined);
  fix.helper.attach(helpersSync, syncs);
  kcopyd.attach((region) => {
    mirror.regionCopied(region);
  });
  devices.attach({ legs, log, mirror, recordFlush, kcopyd, cache, direct });
}

function tasksOf(
  slots: Slots,
  { legs, log, mirror, fix }: Storage,
  { dirty }: Ext2,
  timer: Task,
  { kupdate, background, kswapd, applications }: Threads,
): readonly Task[] {
  const tasks: Task[] = [];
  tasks[slots.log] = log;
  for (const leg of legs) {
    tasks[slots.legs[leg.index]!] = leg;
    tasks[slots.plugs[leg.index]!] = leg.plug;
  }
  tasks[slots.mirror] = mirror;
  tasks[slots.filesExpiry] = dirty.files;
  tasks[slots.deviceExpiry] = dirty.device;
  tasks[slots.timer] = timer;
  tasks[slots.kupdate] = kupdate;
  tasks[slots.background] = background;
  tasks[slots.ages] = fix.ages;
  tasks[slots.helper] = fix.helper;
  tasks[slots.flag] = fix.flag;
  tasks[slots.kswapd] = kswapd;
  for (const [n, application] of applications.entries()) {
    tasks[slots.applications[n]!] = application;
  }
  return tasks;
}
