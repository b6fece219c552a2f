/** A record, its device and who listens, without time: a flush lands sector by sector. */
import { type RecordBuffer, bufferIn, reopened } from '../../src/media/record-buffer.js';
import { END, FROM, MORE, imageOver, type RecordFormat } from '../../src/media/record-format.js';
import { arena } from '../../src/sim/arena.js';

export class WrittenRecord {
  readonly format: RecordFormat;
  buffer: RecordBuffer;
  readonly durable;
  /** What a listener knows of each region: 1 where recovery would copy. */
  readonly told: Uint8Array;
  /** Sectors that were written, in order; a write of its own is a list. */
  readonly writes: number[][] = [];
  readonly #written;

  constructor(format: RecordFormat, clean = true) {
    this.format = format;
    this.buffer = bufferIn(arena().state, format);
    this.buffer.reset(clean);
    const image = () => imageOver(new Uint8Array(format.bytes), new Int32Array(format.remembers));
    this.durable = image();
    this.#written = image();
    format.format(this.durable, clean);
    this.told = format.coverage(this.durable.bytes);
  }

  /** Flushes; `landed` is called after each sector, and may stop the flush there with true. */
  flush(landed: () => boolean = () => false): void {
    const { next, image } = this.buffer;
    this.buffer.takeTouched();
    do {
      const isAwaited = next[MORE] === 1;
      this.buffer.prepare();
      if (isAwaited && next[FROM] === next[END])
        throw new Error('nothing follows where more would');
      this.#written.bytes.set(image.bytes);
      const sectors: number[] = [];
      if (next[FROM]! < next[END]!) this.writes.push(sectors);
      for (let sector = next[FROM]!; sector < next[END]!; sector++) {
        sectors.push(sector);
        this.format.land(this.durable, this.#written, sector, (region, covered) => {
          const now = covered ? 1 : 0;
          if (region >= this.told.length) throw new Error(`there is no region ${region}`);
          if (this.told[region] === now) throw new Error(`nothing new of region ${region}`);
          this.told[region] = now;
        });
        if (landed()) return;
      }
    } while (next[MORE] === 1);
  }

  /** What recovery would copy now, ascending. */
  covered(): number[] {
    return [...this.format.coverage(this.durable.bytes).entries()]
      .filter(([, copied]) => copied === 1)
      .map(([region]) => region);
  }

  /** The driver dies and attaches again to what is durable. */
  reboot(): void {
    this.buffer = reopened(this.format, this.durable.bytes.slice());
    this.format.recall(this.durable);
  }
}
