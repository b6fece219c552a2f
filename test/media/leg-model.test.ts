import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ToyMachine, drive, type Landing } from './toy-machine.js';

const SECTORS = 12;
const END = 4000;

interface Store {
  readonly at: number;
  readonly sector: number;
  readonly value: number;
}

/** Stores come at even instants and samples at odd ones: no ties here. */
const store: fc.Arbitrary<Store> = fc
  .tuple(fc.nat(600), fc.nat(SECTORS - 1), fc.integer({ min: 100, max: 999 }))
  .map(([half, sector, value]) => ({ at: half * 2, sector, value }));

const drives = fc.record({
  first: fc.nat(200).map((half) => half * 2 + 1),
  sectorTime: fc.nat(20).map((half) => half * 2),
  durable: fc.nat(300),
});
type Latencies = typeof drives extends fc.Arbitrary<infer T> ? T : never;

/** A write of these sectors on a leg that has nothing else to do. */
interface Write {
  readonly from: number;
  readonly sectors: number;
}

function atInstant(stores: readonly Store[], sector: number, at: number): number {
  const before = stores.filter((one) => one.sector === sector && one.at < at);
  return before.at(-1)?.value ?? sector + 1;
}

/**
 * What an eager drive does: it copies each sector at its sample and writes it out when it lands.
 */
function eagerly(stores: readonly Store[], write: Write, legs: readonly Latencies[]): Landing[] {
  const landings = legs.flatMap(({ first, sectorTime, durable }, leg) =>
    Array.from({ length: write.sectors }, (_, k) => {
      const sampledAt = first + k * sectorTime;
      const sector = write.from + k;
      const value = atInstant(stores, sector, sampledAt);
      return { leg, sector, was: 0, value, at: sampledAt + durable };
    }),
  );
  return landings.sort((a, b) => a.at - b.at || a.leg - b.leg || a.sector - b.sector);
}

it('a lazy transfer lands what an eager one would have copied, in the order of time, whoever looks', () => {
  fc.assert(
    fc.property(
      fc.array(store, { maxLength: 30 }),
      fc.array(drives, { minLength: 1, maxLength: 3 }),
      fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 5 })),
      fc.array(fc.nat(1500), { maxLength: 6 }),
      (unsorted, latencies, [from, sectors], looks) => {
        const stores = unsorted.toSorted((a, b) => a.at - b.at);
        const expected = eagerly(stores, { from, sectors }, latencies);
        const machine = new ToyMachine({
          sectors: SECTORS,
          drives: latencies.map((one) => drive(one.first, one.sectorTime, one.durable)),
        });
        machine.write(from, sectors);
        const acts = [
          ...stores.map((one) => ({
            at: one.at,
            act: () => {
              machine.store(one.sector, one.value);
            },
          })),
          // A crash is an observation: each sector is as it was or as its landing left it, never
          // mixed.
          ...looks.map((at) => ({
            at,
            act: () => {
              for (const leg of latencies.keys()) {
                const landed = expected.filter((one) => one.leg === leg && one.at <= at);
                const disk = Array.from({ length: SECTORS }, () => 0);
                for (const { sector, value } of landed) disk[sector] = value;
                expect(machine.durable(leg)).toEqual(disk);
              }
            },
          })),
        ].sort((a, b) => a.at - b.at);
        for (const { at, act } of acts) {
          machine.runTo(at);
          act();
        }
        machine.runTo(END);
        expect(machine.landings).toEqual(expected);
        expect(machine.answers.heard.filter(({ what }) => what !== 'next')).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
