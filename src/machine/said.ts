/**
 * Words for what a strategy handed over. It may be anything, and to look at it may throw: a getter,
 * a proxy, an error whose message is no text.
 */

const MOST_SAID = 100;

export function said(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `'${value.slice(0, MOST_SAID)}'`;
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return value === null ? 'null' : isThenable(value) ? 'a promise' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

/** What it threw, in a few words. */
export function thrown(error: unknown): string {
  const [name, message] = [textIn(error, 'name'), textIn(error, 'message')];
  if (!isError(error) || name === undefined || message === undefined) return said(error);
  return `${name} (${message})`;
}

/** Asking a proxy for its ancestors may throw. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

function isThenable(value: object): boolean {
  try {
    return 'then' in value;
  } catch {
    return false;
  }
}

/** The beginning of a text that stands there; undefined: there is none. */
function textIn(value: unknown, key: string): string | undefined {
  try {
    const found: unknown = isError(value) ? Reflect.get(value, key) : undefined;
    return typeof found === 'string' ? found.slice(0, MOST_SAID) : undefined;
  } catch {
    return undefined;
  }
}
