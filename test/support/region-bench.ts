/** Regions under a strategy, without a machine: what kmirrord and the legs do to them, by hand. */
import { RegionAges } from '../../src/machine/mirror/region-ages.js';
import { DIRTY, NOW_MARKED, NO_ROOM, RegionHash } from '../../src/machine/mirror/region-hash.js';
import { RegionKeeper } from '../../src/machine/mirror/region-keeper.js';
import { NO_REGION } from '../../src/machine/mirror/region-list.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { isClean } from '../../src/media/dm-log.js';
import { geometryOf } from '../../src/media/geometry.js';
import { bufferIn } from '../../src/media/record-buffer.js';
import { recordFormat } from '../../src/media/record.js';
import { Agenda, NOTHING_DUE } from '../../src/sim/agenda.js';
import { arena } from '../../src/sim/arena.js';
import { Doors } from '../../src/sim/door.js';
import type { Stream } from '../../src/sim/entropy.js';
import { Fingerprint } from '../../src/sim/fingerprint.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf, type Instant } from '../../src/sim/time.js';

const KMIRRORD = 0;
const AGES = 1;

/** The record is a dm-log whatever the strategy has: its bits are what is looked at. */
export class RegionBench {
  readonly hash: RegionHash;
  readonly keeper: RegionKeeper;
  readonly ages: RegionAges;
  readonly agenda: Agenda;
  readonly #doors = new Doors(new Fingerprint());

  constructor(strategy: FixStrategy, regions: number, inSync: boolean) {
    const banks = arena();
    const doors = this.#doors;
    this.agenda = new Agenda(2, banks.state, banks.clock, doors.door('agenda'));
    const format = recordFormat('dm-log', geometryOf(regions * 8, 8, 2));
    const most = strategy.mostMarked ?? regions;
    this.hash = new RegionHash(bufferIn(banks.state, format), regions, most, banks);
    this.ages = new RegionAges(regions, this.agenda, AGES, banks);
    this.keeper = new RegionKeeper(
      {
        strategy,
        regions: this.hash,
        ages: this.ages,
        agenda: this.agenda,
        kmirrord: KMIRRORD,
        door: doors.door('strategy'),
      },
      banks.state,
    );
    doors.open(seeded('1'));
    this.hash.reset(inSync);
  }

  /** Whatever is asked from now on. */
  answer(choose: Stream['choose']): void {
    this.#doors.open({ stream: () => ({ choose }) });
  }

  /** What is due until then happens. */
  goOn(until: Instant): void {
    while (this.agenda.next(until) !== NOTHING_DUE) this.ages.step();
  }

  /** A write begins; true: it marked the region. */
  begin(region: number): boolean {
    const begun = this.hash.begin(region);
    if (begun === NO_ROOM) throw new Error(`no room for region ${region}`);
    this.keeper.written(region);
    const evicted = this.hash.takeEvicted();
    if (evicted !== NO_REGION) this.keeper.evicted(evicted);
    return begun === NOW_MARKED;
  }

  /** A write that begins and completes at once. */
  write(region: number, changed = false): void {
    this.begin(region);
    this.end(region, changed);
  }

  /** A write has completed; true: it was the last one in flight. */
  end(region: number, changed = false): boolean {
    if (!this.hash.end(region)) return false;
    if (this.hash.state(region) === DIRTY) this.keeper.drained(region, changed);
    return true;
  }

  /** Lets ages pass, until then. */
  runTo(until: number): void {
    while (this.agenda.next(instantOf(until)) === AGES) this.ages.step();
  }

  /** Regions that are marked, the least recently written first. */
  marked(): number[] {
    const regions: number[] = [];
    let region = this.hash.firstMarked;
    for (; region !== NO_REGION; region = this.hash.nextMarked(region)) regions.push(region);
    return regions;
  }

  /** A pass of kmirrord over the clean list; answers with the regions that were cleared. */
  pass(): number[] {
    const cleared: number[] = [];
    this.hash.clearIdle((region) => cleared.push(region));
    return cleared;
  }

  /** What the record in memory says of the region. */
  saysClean(region: number): boolean {
    return isClean(this.hash.record.image.bytes, region);
  }

  /** Whether a flush has to write; asking takes the answer. */
  takeTouched(): boolean {
    return this.hash.record.takeTouched();
  }
}
