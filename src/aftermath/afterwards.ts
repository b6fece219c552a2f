/**
 * What an administrator does after the recovery: fsck, removing a leg, mounting, working with
 * files.
 *
 * Reads come from the default leg, writes go to all legs that are left. fsck runs as at boot
 * (`e2fsck -p`), and where that refuses as an administrator does then (`e2fsck -y`). What was
 * mounted when a leg was removed stays in memory until it is mounted anew: model.md calls that the
 * page cache that keeps the removed leg's content.
 */
import type { AftermathStep } from './steps.js';
import { MountedSectors, ThroughMirror } from './through-mirror.js';
import { preen, repair } from '../ext2/fsck/check.js';
import { QuietFileSystem } from '../ext2/quiet.js';
import { readLayout } from '../ext2/superblock.js';
import type { CrashImage } from '../media/crash-image.js';
import { OverlaidSectors, type MutableSectors } from '../media/sectors.js';

/** One step after the crash and what it said. */
export interface AftermathRecord {
  readonly step: string;
  readonly lines: readonly string[];
}

export interface Afterwards {
  readonly records: readonly AftermathRecord[];
  /** The legs that are left, the default one first. */
  readonly legs: readonly MutableSectors[];
  /** The numbers that they had in the mirror. */
  readonly legNumbers: readonly number[];
}

/** Plays the steps on copies of the image's legs. */
export function afterwards(image: CrashImage, steps: readonly AftermathStep[]): Afterwards {
  const order = image.legs.map((_, number) => number);
  order.sort((a, b) => Number(b === image.defaultLeg) - Number(a === image.defaultLeg));
  const site = new Site(
    order.map((number) => ({ number, disk: new OverlaidSectors(image.legs[number]!) })),
  );
  const records = steps.map((step) => ({ step: stepText(step), lines: site.play(step) }));
  return {
    records,
    legs: site.legs.map(({ disk }) => disk),
    legNumbers: site.legs.map(({ number }) => number),
  };
}

export function stepText(step: AftermathStep): string {
  switch (step.do) {
    case 'fsck':
    case 'remount':
      return step.do;
    case 'remove':
      return `remove leg${step.leg}`;
    case 'append':
      return `append ${step.path}, ${bytesText(step.bytes)}`;
    case 'create':
    case 'unlink':
    case 'read':
      return `${step.do} ${step.path}`;
  }
}

interface NumberedLeg {
  readonly number: number;
  readonly disk: MutableSectors;
}

interface Mounted {
  readonly view: MountedSectors;
  readonly files: QuietFileSystem;
}

/** The machine after it was booted again. */
class Site {
  legs: NumberedLeg[];
  #mounted: Mounted | undefined;

  constructor(legs: NumberedLeg[]) {
    this.legs = legs;
  }

  play(step: AftermathStep): readonly string[] {
    switch (step.do) {
      case 'fsck':
        return this.#fsck();
      case 'remove':
        return this.#remove(step.leg);
      case 'remount':
        this.#unmount();
        return this.#withFiles(() => []);
      case 'create':
        return this.#withFiles((files) => said(files.create(step.path)));
      case 'append':
        return this.#withFiles((files) =>
          said(files.append(step.path, step.bytes, contentFor(step.path))),
        );
      case 'unlink':
        return this.#withFiles((files) => said(files.unlink(step.path)));
      case 'read':
        return this.#withFiles((files) => {
          const read = files.read(step.path);
          return read.ok ? [bytesText(read.bytes.length)] : [read.error];
        });
    }
  }

  #mirror(): ThroughMirror {
    return new ThroughMirror(this.legs.map(({ disk }) => disk));
  }

  #fsck(): readonly string[] {
    this.#unmount();
    const mirror = this.#mirror();
    const boot = preen(mirror);
    const found = boot.problems.map(({ text }) => text);
    if (boot.verdict !== 'refused') return found.length > 0 ? found : ['clean'];
    const byHand = repair(mirror);
    return [
      ...found,
      'UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.',
      ...byHand.problems.map(({ text }) => text),
    ];
  }

  #remove(number: number): readonly string[] {
    if (this.legs.length === 1) return ['the last leg stays'];
    this.legs = this.legs.filter((leg) => leg.number !== number);
    this.#mounted?.view.moveOnto(this.#mirror());
    const source = this.legs[0]!.number;
    return [`leg ${source} is the default leg`];
  }

  #withFiles(work: (files: QuietFileSystem) => readonly string[]): readonly string[] {
    const mounted = this.#mounted ?? this.#mount();
    if (typeof mounted === 'string') return [`cannot be mounted: ${mounted}`];
    return work(mounted.files);
  }

  #mount(): Mounted | string {
    const mirror = this.#mirror();
    const reading = readLayout(mirror);
    if (!reading.ok) return reading.problem;
    const view = new MountedSectors(new OverlaidSectors(this.legs[0]!.disk), mirror);
    this.#mounted = { view, files: new QuietFileSystem(view, reading.layout) };
    return this.#mounted;
  }

  #unmount(): void {
    this.#mounted?.files.unmount();
    this.#mounted = undefined;
  }
}

function said(error: string | undefined): readonly string[] {
  return error === undefined ? [] : [error];
}

function contentFor(path: string): (offset: number) => number {
  const line = new TextEncoder().encode(`${path} was written after the crash\n`);
  return (offset) => line[offset % line.length]!;
}

function bytesText(count: number): string {
  return `${count} ${count === 1 ? 'byte' : 'bytes'}`;
}
