/**
 * Text as it may stand in the log of a job on GitHub, whose runner obeys some lines.
 *
 * Follows: the runner's `ActionCommand`: a command is `::name` at the beginning of a line, behind
 * whatever space, or in an older form `##[name]` anywhere in one. In their place stand escapes that
 * JSON reads as what they were.
 */
export function inJobLog(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1\\u003a').replaceAll('##[', '#\\u0023[');
}
