// A sample of all mutants of a room. What was measured stands in reports/mutation/sample-*, for each
// state of what it depends on, and is not measured again: a run that is broken off goes on, and a
// larger sample of the same seed begins with the smaller.
import { Stryker } from '@stryker-mutator/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { drawn, isOpen, keyOf, sampleTable } from '../../dist-mutants/test/mutants/sample.js';
import { withImports } from './imports.mjs';
import { filesBelow, hashOf, KEPT, ROOT } from './places.mjs';
import { placedFromOne } from './plugin.mjs';

/** Stryker ends most loops by counting. What it ended by the clock has this much once more. */
const SECOND_TIMEOUT_MS = 100_000;
const SILENT = { isDebugEnabled: () => false, debug() {}, info() {} };
const SETTINGS = ['package-lock.json', 'stryker.config.json', 'vitest.mutation.config.ts'];
const NOTHING_LEFT_OUT = { ignorers: [], excludedMutations: [], plugins: null };

export class Sample {
  #size;
  #seed;

  constructor(size, seed) {
    this.#size = size;
    this.#seed = seed;
  }

  async measure(room) {
    const all = await mutantsOf(room);
    const mutants = drawn(all, this.#size, `${this.#seed} ${room}`);
    await this.#look(room, 'room', mutants);
    const inRoom = this.#found(room, 'room');
    const open = mutants.filter((mutant) => isOpen(inRoom.get(keyOf(mutant))?.status));
    await this.#look(room, 'laws', open);
  }

  async table(rooms) {
    const rows = [];
    for (const room of rooms) {
      const all = await mutantsOf(room);
      const looks = this.#looksAt(room, drawn(all, this.#size, `${this.#seed} ${room}`));
      rows.push({ room, all: all.length, looks });
    }
    return `${sampleTable(rows)}\n`;
  }

  async survivors(rooms) {
    const lines = [];
    for (const room of rooms) {
      const mutants = drawn(await mutantsOf(room), this.#size, `${this.#seed} ${room}`);
      this.#looksAt(room, mutants).forEach((looks, n) => {
        if (!isOpen(looks.room) || looks.laws === 'Killed' || looks.laws === 'Timeout') return;
        lines.push(`${keyOf(mutants[n])} (${looks.room}, ${looks.laws})`);
      });
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  #looksAt(room, mutants) {
    const [inRoom, inLaws] = [this.#found(room, 'room'), this.#found(room, 'laws')];
    return mutants.map((mutant) => ({
      room: inRoom.get(keyOf(mutant))?.status,
      laws: inLaws.get(keyOf(mutant))?.status,
    }));
  }

  async #look(room, look, mutants) {
    const found = this.#found(room, look);
    await this.#run(
      room,
      look,
      mutants.filter((mutant) => !found.has(keyOf(mutant))),
    );
    const after = this.#found(room, look);
    const slow = mutants.filter((mutant) => isByTheClock(after.get(keyOf(mutant))));
    await this.#run(room, look, slow, { timeoutMS: SECOND_TIMEOUT_MS });
    const missing = mutants.filter((mutant) => !this.#found(room, look).has(keyOf(mutant)));
    if (missing.length > 0) throw new Error(`not run: ${missing.map(keyOf).join('\n')}`);
  }

  async #run(room, look, mutants, options = {}) {
    if (mutants.length === 0) return;
    const kept = keptAt(room, look);
    mkdirSync(dirname(kept), { recursive: true });
    const list = kept.replace(/\.jsonl$/, '-drawn.json');
    writeFileSync(list, JSON.stringify(mutants.map(keyOf)));
    Object.assign(process.env, {
      DESYNC_ROOM: room,
      DESYNC_LOOK: look,
      DESYNC_ROOT: ROOT,
      DESYNC_DRAWN: list,
      DESYNC_KEPT: kept,
    });
    await new Stryker({
      mutate: mutants.map(rangeOf),
      checkers: ['sieve'],
      reporters: ['keeper', 'progress-append-only'],
      plugins: ['@stryker-mutator/vitest-runner', join(ROOT, 'build/mutation/plugin.mjs')],
      vitest: { configFile: 'vitest.mutation.config.ts', related: false },
      ...options,
    }).runMutationTest();
  }

  /** By the mutant's name; of several results the last. */
  #found(room, look) {
    const file = keptAt(room, look);
    if (!existsSync(file)) return new Map();
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    const found = new Map();
    for (const { name, ...result } of lines.map((line) => JSON.parse(line))) {
      found.set(name, { ...result, times: (found.get(name)?.times ?? 0) + 1 });
    }
    return found;
  }
}

/** A change elsewhere loses what the laws said, and not what the tests of the room did. */
function keptAt(room, look) {
  const asked = look === 'laws' ? askedByLaws() : askedInRoom(room);
  const state = hashOf([...SETTINGS, ...asked]);
  return join(KEPT, `sample-${state.slice(0, 12)}`, `${room}-${look}.jsonl`);
}

function askedInRoom(room) {
  const tests = [...filesBelow(`test/${room}`, '.ts'), 'test/support/fixed-chance.ts'];
  return [...withImports(tests), ...filesBelow(`src/${room}`, '.ts')];
}

function askedByLaws() {
  const code = ['src', 'test'].flatMap((folder) => filesBelow(folder, '.ts'));
  return [...code, ...filesBelow('scenarios', '.yaml'), 'docs/explored.md'];
}

async function mutantsOf(room) {
  const files = filesBelow(`src/${room}`, '.ts').map((name) => {
    return { name, mutate: true, content: readFileSync(join(ROOT, name), 'utf8') };
  });
  const { mutants } = await new Instrumenter(SILENT).instrument(files, NOTHING_LEFT_OUT);
  return mutants.map(placedFromOne);
}

/** As Stryker wants it: lines from 1, columns from 0. */
function rangeOf({ fileName, location: { start, end } }) {
  const place = ({ line, column }) => `${line}:${column - 1}`;
  return `${fileName}:${place(start)}-${place(end)}`;
}

/** And not because it was reached too often. */
function isByTheClock({ status, reason, times }) {
  return status === 'Timeout' && !reason.startsWith('Hit limit') && times === 1;
}
