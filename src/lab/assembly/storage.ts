/**
 * The mirror: memory that its legs read, the legs, the log, kmirrord, and the meter of exposure.
 */
import { copiesFor, fixOn, type Fix } from './fix.js';
import type { Ground } from './ground.js';
import type { Drive } from '../../media/drives.js';
import { Coverage } from '../../machine/mirror/coverage.js';
import { Devices } from '../../machine/mirror/devices.js';
import { Exposure } from '../../machine/mirror/exposure.js';
import { Kcopyd } from '../../machine/mirror/kcopyd.js';
import { Memory } from '../../machine/memory/memory.js';
import { Mirror } from '../../machine/mirror/mirror.js';
import { MOST_REQUEST_SECTORS } from '../../machine/memory/page-requests.js';
import { RecordFlush, cacheRuleOf } from '../../machine/mirror/record-flush.js';
import { Responsibility } from '../../machine/mirror/responsibility.js';
import { Leg, type DriveModel, type Plugging } from '../../media/leg.js';
import { LogDevice } from '../../media/log-device.js';
import type { Geometry } from '../../media/geometry.js';
import { Requests } from '../../media/requests.js';
import { SUB_JOBS, SUB_JOB_SECTORS } from '../../media/sub-jobs.js';
import { durationOf, instantOf } from '../../sim/time.js';

export interface Storage {
  readonly memory: Memory;
  readonly requests: Requests;
  readonly exposure: Exposure;
  /** Of sectors that are the application's responsibility. */
  readonly byApplication: Exposure;
  readonly devices: Devices;
  readonly legs: readonly Leg[];
  readonly log: LogDevice;
  readonly fix: Fix;
  readonly coverage: Coverage;
  readonly kcopyd: Kcopyd;
  readonly mirror: Mirror;
  readonly recordFlush: RecordFlush;
}

/** Requests under way at once that a run may have; a run that needs more has run away. */
const MOST_REQUESTS = 4096;
/** Where everything is tried there is no end to it with as many as that. */
const MOST_TRIED = 16;

export function storageOn(ground: Ground): Storage {
  const { base, kernel, geometry, arena, agenda, doors, slots, trace } = ground;
  const { pool, layout } = base;
  const { state } = arena;
  const memory = new Memory(base.memory, layout.sectorsPerBlock, pool, agenda, trace, arena);
  const isTried = ground.conditions.isBounded;
  const most = Math.min(isTried ? MOST_TRIED : MOST_REQUESTS, layout.blocksCount * 2);
  const requests = new Requests(most, state, isTried);
  const recovers = ground.scenario.mirror.initially === 'out-of-sync';
  const forRecovery = recovers ? SUB_JOBS * SUB_JOB_SECTORS : 0;
  const copies = state.i32(forRecovery + copiesFor(ground));
  const fix = fixOn(ground, memory, requests, { copies, from: forRecovery });
  const exposure = new Exposure(geometry, base.mismatches(geometry.regionSectors), arena);
  const noMismatches = new Int32Array(geometry.regions);
  const byApplication = new Exposure(geometry, noMismatches, arena);
  const coverage = new Coverage(geometry, arena.meters);
  const responsibility = new Responsibility(geometry.sectors, arena);
  const transfers = { geometry, memory: memory.values, copies, pool, requests };
  const meters = { exposure, byApplication, responsibility, coverage };
  const devices = new Devices({ ...transfers, ...meters }, agenda, trace);
  const { record } = fix.regions;
  const caches = kernel.flushesCaches ? cacheRuleOf(record.format.kind) : 'none';
  const log = new LogDevice(
    {
      geometry,
      record,
      drive: driveModel(ground, ground.scenario.mirror.log),
      preflush: caches === 'each-write',
      agenda,
      slot: slots.log,
      door: doors.door('log'),
      host: devices,
    },
    arena,
  );
  const kcopyd = new Kcopyd(devices, requests, copies, state);
  const recordFlush = new RecordFlush({ record, caches, requests, agenda, trace }, state);
  const betweenLegs = ground.latency(kernel.betweenLegs);
  const means = { devices, requests, kcopyd, recordFlush, agenda, meters: arena.meters };
  const mirror = new Mirror(
    {
      ...fix,
      ...means,
      betweenLegs,
      recovers,
      slot: slots.mirror,
      door: doors.door('mirror'),
    },
    state,
  );
  tellExposure(exposure, 'mirror', ground);
  tellExposure(byApplication, 'application', ground);
  const legs = legsOn(ground, devices, requests);
  const disks = { devices, legs, log, exposure, byApplication, coverage };
  return { ...disks, memory, requests, fix, kcopyd, mirror, recordFlush };
}

/** Of one request. */
function mostSectorsOf({ regionSectors }: Geometry): number {
  return Math.min(MOST_REQUEST_SECTORS, regionSectors);
}

function legsOn(ground: Ground, devices: Devices, requests: Requests): Leg[] {
  const { scenario, base, geometry, slots, agenda, doors, arena } = ground;
  return scenario.mirror.legs.map(
    (drive, index) =>
      new Leg(
        {
          index,
          drive: driveModel(ground, drive),
          plugging: pluggingOf(ground),
          base: base.legs[index]!,
          requests,
          mostSectors: mostSectorsOf(geometry),
          host: devices,
          agenda,
          slot: slots.legs[index]!,
          plugSlot: slots.plugs[index]!,
          door: doors.door(`leg ${index}`),
        },
        arena,
      ),
  );
}

function tellExposure(exposure: Exposure, actor: string, { trace }: Ground): void {
  exposure.watcher = {
    opened: (region, at, by) => {
      if (!trace.listening) return;
      trace.tell({ kind: 'exposed', at: instantOf(at), actor, regions: [region], by });
    },
    closed: (at) => {
      if (trace.listening) trace.tell({ kind: 'covered', at: instantOf(at), actor });
    },
  };
}

function driveModel({ latency, conditions }: Ground, drive: Drive): DriveModel {
  return {
    firstSample: latency(drive.firstSample),
    sectorTime: conditions.timing === 'free' ? durationOf(0) : drive.sectorTime,
    durable: latency(drive.durable),
  };
}

/** In free timing a plug would be one more delay of what may begin at any time anyway. */
function pluggingOf({ kernel, conditions }: Ground): Plugging | undefined {
  return conditions.timing === 'free' ? undefined : kernel.plugging;
}
