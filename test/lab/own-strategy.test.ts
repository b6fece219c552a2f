import { describe, expect, it } from 'vitest';
import { ownStrategy } from '../../src/lab/own-strategy.js';
import { Runner } from '../../src/lab/runner.js';
import { StrategyFault, type FixStrategy } from '../../src/machine/strategy.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { smallScenario } from '../support/small-scenario.js';

/** Writes, again and again. */
const BUSY = smallScenario(
  'workload.app=[{ create: /a }, { repeat: { every: 1s, do: [{ append: [/a, 1KiB] }, { fsync: /a }] } }]',
);

const FILE = { path: './mine.js', sha256: 'ab'.repeat(32), url: 'data:mine' };

const MINE: FixStrategy = {
  name: 'mine',
  summary: 'Mine.',
  record: 'dm-log',
  remembers: 1,
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};

function own(exported: object): FixStrategy {
  const made = ownStrategy({ ...MINE, ...exported }, FILE);
  if (!made.ok) throw new Error(made.problems.join('\n'));
  return made.strategy;
}

function problems(exported: unknown): readonly string[] {
  const made = ownStrategy(exported, FILE);
  return made.ok ? [] : made.problems;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('what a module exports', () => {
  it('is told every problem at once', () => {
    const wrong = {
      name: '',
      summry: 'x',
      record: 'dmlog',
      granule: 5000,
      remembers: 1.5,
      period: { every: -5, form: 'boot' },
      mostMarked: 0,
      comparesSums: 1,
      region: 7,
    };
    expect(problems(wrong).map((problem) => problem.split(': ', 1)[0])).toEqual([
      ...['summry', 'name', 'summary', 'record', 'granule', 'mostMarked', 'comparesSums'],
      ...['period.form', 'period.every', 'period.from', 'remembers', 'region'],
    ]);
    expect(problems(wrong)).toEqual(
      expect.arrayContaining([
        'summry: there is no such key; did you mean summary?',
        'period.every: expected a whole number of nanoseconds above 0, such as 30e9, found -5',
        "granule: expected a power of two from 4096 to 4294967296 bytes, or 'device', found 5000",
      ]),
    );
  });

  it.each([undefined, null, 7, 'x', [], () => MINE])('is no strategy if it is %s', (exported) => {
    expect(problems(exported)).toHaveLength(1);
  });

  it('is read once, whatever its getters say later', () => {
    let asked = 0;
    const exported = {
      ...MINE,
      get granule() {
        if (++asked > 1) throw new Error('once');
        return 4096;
      },
    };
    const made = ownStrategy(exported, FILE);
    expect(made).toMatchObject({ strategy: { granule: 4096 } });
  });

  it.each([
    ['a proxy that was revoked', revoked],
    ['one that cannot be frozen', () => new Proxy(MINE, { preventExtensions: () => false })],
    ['one of which a part cannot be read', () => ({ ...MINE, granule: revoked() })],
  ])('may be %s, and is refused', (_, make) => {
    expect(problems(make())).toHaveLength(1);
  });

  it('has keys that a terminal would obey: they are told, not shown', () => {
    expect(problems({ ...MINE, '\u001b[2J': 1, name: '\u009b1m' })).toEqual([
      '\\u001b[2J: there is no such key',
      'name: expected a text of 1 to 500 characters without control characters, found "\\u009b1m"',
    ]);
  });

  it('may not say itself where it was read', () => {
    expect(problems({ ...MINE, source: FILE })).toEqual(['source: there is no such key']);
  });

  it.each(SHIPPED.map((strategy) => [strategy.name, strategy] as const))(
    'may be %s: shipped strategies have the same contract',
    (_, strategy) => {
      expect(problems({ ...strategy })).toEqual([]);
    },
  );
});

describe("a strategy of the user's own", () => {
  it('goes by its path', () => {
    const { name, source } = own({});
    expect([name, source]).toEqual([
      './mine.js',
      { path: './mine.js', sha256: FILE.sha256, name: 'mine' },
    ]);
  });

  it('stays what it was when it was read', () => {
    const exported = { ...MINE, granule: 4096, period: { every: 5, from: 'boot' } };
    const made = ownStrategy(exported, FILE);
    expect(() => Object.assign(exported, { granule: 8192 })).toThrow(TypeError);
    exported.period.every = 7;
    expect(made).toMatchObject({ strategy: { granule: 4096, period: { every: 5 } } });
  });

  it.each<readonly [string, (memory: Int32Array) => unknown, string]>([
    [
      'writes past the end',
      (memory) => (memory[3] = 1),
      'it wrote memory[3], but it has 2 numbers',
    ],
    ['reads past the end', (memory) => memory[2], 'it read memory[2], but it has 2 numbers'],
    ['reads before the start', (memory) => memory[-1], 'it read memory[-1]'],
    ['writes no number', (memory) => (memory[0] = NaN), 'it wrote NaN to memory[0]'],
    ['writes half a number', (memory) => (memory[0] = 0.5), 'it wrote 0.5 to memory[0]'],
    ['writes too much', (memory) => (memory[0] = 2 ** 31), 'it wrote 2147483648 to memory[0]'],
    ['looks behind', (memory) => memory.buffer, 'it asked for memory.buffer'],
    ['hangs something on it', (memory) => Object.assign(memory, { x: 1 }), 'it wrote memory[x]'],
  ])('that %s is at fault', (_, misuse, told) => {
    const strategy = own({
      region: (__: string, ___: number, memory: Int32Array) => misuse(memory),
    });
    const ask = (): unknown => strategy.region('written', 0, new Int32Array(2), () => 0);
    expect(ask).toThrow(StrategyFault);
    expect(ask).toThrow(`strategy ./mine.js: ${told}`);
  });

  it('may use its memory as the array that it is', () => {
    const memory = new Int32Array(3);
    const strategy = own({
      region(_: string, at: number, mine: Int32Array) {
        mine[at]!++;
        mine.fill(7, 2);
        return mine.indexOf(7) + mine.length + [...mine].length;
      },
    });
    expect(strategy.region('drained', 1, memory, () => 0)).toBe(8);
    expect([...memory]).toEqual([0, 1, 7]);
  });
});

describe('a run under it', () => {
  const runOf = (exported: object) => new Runner().run(BUSY, own(exported), '1');

  it('says whose it is, and is like that of a shipped one that does the same', () => {
    const [idle] = SHIPPED;
    const mine = runOf({});
    const shipped = new Runner().run(BUSY, idle!, '1');
    expect(mine.strategySource).toEqual({ path: './mine.js', sha256: FILE.sha256, name: 'mine' });
    expect([mine.fingerprint, mine.costs]).toEqual([shipped.fingerprint, shipped.costs]);
  });

  it('that goes by a variable of its own does not repeat', () => {
    let asked = 0;
    const { verdict, reasons } = runOf({
      region: (cause: string) => (cause === 'drained' && ++asked > 3 ? 'clear' : 'hold'),
    });
    expect(verdict).toBe('NONDETERMINISTIC');
    expect(reasons[0]).toMatch(/^strategy \.\/mine\.js: the same seed came out otherwise/);
  });

  it('may go by its memory and by chance', () => {
    const { verdict } = runOf({
      region(
        cause: string,
        at: number,
        memory: Int32Array,
        choose: (n: number, w: string) => number,
      ) {
        if (cause !== 'drained') return 'hold';
        return ++memory[at]! > 3 && choose(2, 'clear') === 1 ? 'clear' : 'hold';
      },
    });
    expect(verdict).not.toBe('NONDETERMINISTIC');
  });

  it('that throws what may not be looked at has the verdict ERROR', () => {
    const region = (): never => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- others do what they like
      throw revoked();
    };
    expect(runOf({ region })).toMatchObject({
      verdict: 'ERROR',
      reasons: ["strategy ./mine.js: it threw an object when told 'written'"],
    });
  });

  it('that faults has the verdict ERROR, and the next run is as if it had not been', () => {
    const runner = new Runner();
    let broken = false;
    const strategy = own({
      region(cause: string) {
        if (broken) throw new Error('broken');
        return cause === 'drained' ? 'clear' : 'hold';
      },
    });
    const before = runner.run(BUSY, strategy, '1');
    broken = true;
    expect(runner.run(BUSY, strategy, '1')).toMatchObject({
      verdict: 'ERROR',
      reasons: ["strategy ./mine.js: it threw Error (broken) when told 'written'"],
    });
    broken = false;
    expect(runner.run(BUSY, strategy, '1')).toEqual(before);
  });
});
