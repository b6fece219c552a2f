/** The device of a dm-log, without a mirror. */
import { dmLog } from '../../src/media/dm-log.js';
import { geometryOf, type Geometry } from '../../src/media/geometry.js';
import { settle } from '../../src/media/landing.js';
import { LogDevice, type LogHost } from '../../src/media/log-device.js';
import { bufferIn, type RecordBuffer } from '../../src/media/record-buffer.js';
import { Agenda, NOTHING_DUE } from '../../src/sim/agenda.js';
import { arena } from '../../src/sim/arena.js';
import { instantOf } from '../../src/sim/time.js';
import { Answers, doorTo } from '../sim/answers.js';
import { watchedArena } from '../sim/watched-arena.js';
import { drive } from './toy-machine.js';

/** Header in sectors 0 and 1; regions 0-4095, 4096-8191 and the last eight in one sector each. */
export const REGIONS = 8200;

/** A log device alone: the first sector lands after 150 ns, each further one 10 ns later. */
export class LoneLog implements LogHost {
  readonly told: string[] = [];
  readonly buffer: RecordBuffer;
  readonly geometry: Geometry;
  readonly log: LogDevice;
  written = 0;
  cacheFlushes = 0;
  readonly #arena = watchedArena();
  readonly #driver = arena();
  readonly #agenda: Agenda;

  constructor(
    regions = REGIONS,
    clean = true,
    preflush = false,
    model = drive(100, 10, 50),
    answers = new Answers(),
  ) {
    const { state, clock } = this.#arena;
    const door = doorTo(answers);
    const agenda = new Agenda(1, state, clock, door);
    this.geometry = geometryOf(regions * 8, 8, 2);
    const format = dmLog(this.geometry);
    this.#agenda = agenda;
    this.buffer = bufferIn(this.#driver.state, format);
    this.log = new LogDevice(
      {
        record: this.buffer,
        geometry: this.geometry,
        drive: model,
        preflush,
        agenda,
        slot: 0,
        door,
        host: this,
      },
      // What was written is counted in a meter, and stays.
      { ...this.#arena, meters: arena().meters },
    );
    this.log.reset(clean);
    this.buffer.reset(clean);
  }

  held(): number[][] {
    return this.#arena.held();
  }

  reset(): void {
    this.#arena.reset();
    this.#driver.reset();
    this.#agenda.reset();
    this.log.reset(true);
    this.buffer.reset(true);
  }

  runTo(until: number): void {
    const end = instantOf(until);
    while (this.#agenda.next(end) !== NOTHING_DUE) this.log.step();
    this.settle();
  }

  settle(): void {
    settle([this.log], this.#agenda.now);
  }

  recorded(region: number, marked: boolean, at: number): void {
    this.told.push(`${marked ? 'marked' : 'cleared'} ${region}@${at}`);
  }

  logWritten(): void {
    this.written++;
  }

  logCacheFlushed(): void {
    this.cacheFlushes++;
  }
}
