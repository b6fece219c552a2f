/**
 * The end of the program, taken before any module of a user's is loaded: `process.exit` is taken
 * away from those.
 */
const exit = process.exit.bind(process);

/** At once, whatever is still being waited for; without a code with that of the process. */
export function leave(code?: number): never {
  return exit(code);
}

/**
 * A module of a user's that ends the process would pass for a result: where `isTheirs` says so of
 * the call, that throws.
 * (Node itself ends a worker thread by `process.exit`.)
 */
export function takeExitAway(isTheirs: (called: Error) => boolean): void {
  const refuse = (code?: number): never => {
    const error = new Error('process.exit was called');
    Error.captureStackTrace(error, refuse);
    if (!isTheirs(error)) return exit(code);
    throw error;
  };
  const own = Object.getOwnPropertyDescriptor(process, 'exit');
  Object.defineProperty(process, 'exit', { ...own, value: refuse });
}
