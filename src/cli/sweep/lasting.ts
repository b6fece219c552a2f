/**
 * What of a command line decides about results: all but how they are made and shown. With more
 * cores, in parts, or told otherwise the same sweep is the same, and so is the command that repeats
 * it.
 */
const WITH_VALUE = ['--jobs', '--timeout', '--output', '--resume', '--shard', '--reporter'];
const ALONE = ['--json', '--color', '--no-color'];

export function lasting(args: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') return [...kept, ...args.slice(at)];
    if (WITH_VALUE.includes(arg)) at++;
    else if (!ALONE.includes(arg) && !WITH_VALUE.some((name) => arg.startsWith(`${name}=`))) {
      kept.push(arg);
    }
  }
  return kept;
}

/** The same command with more options, which stand in front of what can only be an operand. */
export function withOptions(args: readonly string[], options: readonly string[]): string[] {
  const end = args.indexOf('--');
  if (end === -1) return [...args, ...options];
  return [...args.slice(0, end), ...options, ...args.slice(end)];
}
