/**
 * What a strategy may hand over that is not what was asked for; each made anew, for what it is may
 * be used up.
 */
export const VALUES: Readonly<Record<string, () => unknown>> = {
  clear: () => 'clear',
  hold: () => 'hold',
  sync: () => 'sync',
  short: () => 1,
  second: () => 1e9,
  long: () => Number.MAX_SAFE_INTEGER,
  huge: () => 1e300,
  nan: () => NaN,
  zero: () => 0,
  minus: () => -1,
  'minus zero': () => -0,
  half: () => 0.5,
  infinite: () => Infinity,
  big: () => 30n,
  null: () => null,
  nothing: () => undefined,
  'an object': () => ({}),
  'a list': () => ['clear'],
  'a text object': () => new String('clear'),
  'a text for a terminal': () => '\u001b[2J\u009b1m\u202e',
  'a long text': () => 'x'.repeat(100_000),
  'a symbol': () => Symbol('\u001b[2J'),
  'a function': () => () => 'clear',
  'a promise': () => Promise.resolve('clear'),
  'a broken promise': () => {
    const broken = Promise.reject(new Error('later'));
    broken.catch(() => undefined);
    return broken;
  },
  'a thenable': () => ({ then: () => 'clear' }),
  bare: () => Object.create(null) as unknown,
  'an object that cannot be text': () => ({
    toString() {
      throw new Error('no text');
    },
    [Symbol.toPrimitive]() {
      throw new Error('no value');
    },
  }),
  'a proxy that throws': () =>
    new Proxy(
      {},
      {
        get() {
          throw new Error('hands off');
        },
        getPrototypeOf() {
          throw new Error('no ancestors');
        },
        ownKeys() {
          throw new Error('no keys');
        },
      },
    ),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'an error without a message': () => new Odd(),
  'an error whose message is a number': () => Object.assign(new Error('x'), { message: 7 }),
  'an error whose name is an object': () => Object.assign(new Error('x'), { name: {} }),
  'an error for a terminal': () => new Error('\u001b[2J\n    at x (y.js:1:1)'),
  'an error whose stack is no text': () => Object.assign(new Error('x'), { stack: 3 }),
};

class Odd extends Error {
  override get message(): string {
    throw new TypeError('no message');
  }
  override get stack(): string {
    throw new TypeError('no stack');
  }
}
