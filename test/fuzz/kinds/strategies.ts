/** What a module of a user's may export as a strategy, and what its hook may do. */
import fc from 'fast-check';
import { ownStrategy } from '../../../src/lab/own-strategy.js';
import { smallScenario } from '../../support/small-scenario.js';
import { fitToShow } from '../fit-to-show.js';
import { kind } from '../kind.js';
import { shortRun } from '../short-run.js';
import { VALUES } from './strategy-values.js';

const FILE = { path: './x.js', sha256: 'ab'.repeat(32), url: 'data:text/javascript;base64,eA==' };

const NAMES = Object.keys(VALUES);

const ACTS = [
  'answer',
  'throw',
  'remember',
  'define',
  'choose',
  'loop-memory',
  'this',
  'alternate',
];

interface Hook {
  readonly act: string;
  readonly value: string;
  readonly key: string;
}

const hooks: fc.Arbitrary<Hook> = fc.record({
  act: fc.constantFrom(...ACTS),
  value: fc.oneof(
    { arbitrary: fc.constantFrom('clear', 'hold', 'zero', 'short', 'second'), weight: 1 },
    { arbitrary: fc.constantFrom(...NAMES), weight: 1 },
  ),
  key: fc.constantFrom('0', '1', '-1', '1e9', 'length', '__proto__', 'buffer', 'fill', 'set', 'x'),
});

function hookOf({ act, value, key }: Hook): unknown {
  let asked = 0;
  const made = VALUES[value]!;
  return function region(this: unknown, ...args: readonly unknown[]): unknown {
    asked++;
    const memory: unknown = args[2];
    const choose: unknown = args[3];
    switch (act) {
      case 'throw':
        throw made();
      case 'remember':
        Reflect.set(Object(memory) as object, key, made());
        return 'hold';
      case 'define':
        Reflect.defineProperty(Object(memory) as object, key, { value: made() });
        Reflect.setPrototypeOf(Object(memory) as object, null);
        return 'hold';
      case 'choose':
        return typeof choose === 'function'
          ? (Reflect.apply(choose, this, [made(), made()]) as unknown)
          : 1;
      case 'loop-memory':
        return memory instanceof Int32Array ? [...memory].length > 5 && made() : made();
      case 'this':
        Reflect.set(Object(this) as object, key, made());
        return 'hold';
      case 'alternate':
        return args[0] === 'written' ? 'hold' : asked % 2 === 0 ? made() : 'clear';
      default:
        return args[0] === 'written' ? 'hold' : made();
    }
  };
}

const SOUND = {
  name: fc.constantFrom('mine', 'ä', 'x'.repeat(500)),
  summary: fc.constant('Mine.'),
  record: fc.constantFrom('dm-log', 'core', 'md', 'md-safemode', 'md-llbitmap', 'activity-log'),
  needs: fc.constantFrom(undefined, 'a channel'),
  granule: fc.constantFrom(undefined, 4096, 65536, 2 ** 32, 'device'),
  mostMarked: fc.constantFrom(undefined, 1, 2, 100, Number.MAX_SAFE_INTEGER),
  cleanFlagAfter: fc.constantFrom(undefined, 1, 2e8, Number.MAX_SAFE_INTEGER),
  stores: fc.constantFrom(undefined, 'proceed', 'wait', 'copy'),
  legsRead: fc.constantFrom(undefined, 'live-page', 'private-copy'),
  comparesSums: fc.constantFrom(undefined, true, false),
  period: fc.constantFrom(
    ...[undefined, { every: 1, from: 'boot' }, { every: 1e9, from: 'first-mark' }],
    { every: Number.MAX_SAFE_INTEGER, from: 'boot' },
  ),
  patience: fc.constantFrom(undefined, 1, 1e9, Number.MAX_SAFE_INTEGER),
  remembers: fc.constantFrom(undefined, 0, 1, 64),
};
const KEYS = [...Object.keys(SOUND), 'region', '__proto__', 'constructor', 'source', 'then'];
const WAYS = [
  'plain',
  'getter',
  'throwing getter',
  'changing getter',
  'inherited',
  'proxy',
] as const;

export const STRATEGIES = kind('strategies', () => {
  const scenario = smallScenario(
    'duration=4s',
    'crash=random',
    'preemption={ uniform: [0us, 3ms] }',
    'workload={ app: [{ create: /a }, { repeat: { every: 200ms, do: [{ append: [/a, 300B] }, { fsync: /a }] } }] }',
  );
  const key = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...NAMES));
  const spoilt = fc.oneof(
    { arbitrary: fc.array(key, { maxLength: 0 }), weight: 3 },
    { arbitrary: fc.array(key, { maxLength: 2 }), weight: 1 },
  );
  return {
    inputs: fc.record({
      data: fc.record(SOUND),
      hook: hooks,
      spoilt,
      way: fc.constantFrom(...WAYS, 'plain', 'plain'),
      seed: fc.nat(1e6),
    }),
    judge({ data, hook, spoilt: keys, way, seed }) {
      const defined = Object.entries(data).filter(([, value]) => value !== undefined);
      const wrong = keys.map(([key, value]) => [key, VALUES[value]!()] as const);
      const entries = [...defined, ['region', hookOf(hook)] as const, ...wrong];
      const own = ownStrategy(exportedIn(way, entries), FILE);
      if (!own.ok) {
        if (own.problems.length === 0) throw new Error('refused without a word');
        own.problems.forEach(fitToShow);
        return 'refused';
      }
      const { verdict } = shortRun(scenario, own.strategy, `${seed}`);
      return verdict === 'ERROR' ? 'refused' : 'right';
    },
  };
});

function exportedIn(
  way: (typeof WAYS)[number],
  entries: readonly (readonly [string, unknown])[],
): unknown {
  const plain: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(plain, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  switch (way) {
    case 'plain':
      return plain;
    case 'inherited':
      return Object.create(plain) as unknown;
    case 'proxy':
      return new Proxy(plain, { get: (target, key) => Reflect.get(target, key) as unknown });
    default:
      return withGetters(way, plain);
  }
}

function withGetters(way: string, plain: Readonly<Record<string, unknown>>): unknown {
  const object = {};
  for (const [key, value] of Object.entries(plain)) {
    let asked = 0;
    Object.defineProperty(object, key, {
      enumerable: true,
      get() {
        asked++;
        if (way === 'throwing getter' && asked > 1) throw new Error('only once');
        return way === 'changing getter' && asked > 2 ? asked : value;
      },
    });
  }
  return object;
}
