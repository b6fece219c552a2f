/** Somebody else's text in Markdown: as it is, whatever it looks like. */

/** Any punctuation may stand behind a backslash; that of names and sentences needs none. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#&~!@$^]/g, '\\$&');
}

/** A command behind a fence that is longer than any in the text. */
export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(2, longestTicks(text)) + 1);
  return `\n${fence}sh\n${text}\n${fence}\n`;
}

/** A command within a line. */
export function inTicks(text: string): string {
  const longest = longestTicks(text);
  if (longest === 0) return `\`${text}\``;
  const ticks = '`'.repeat(longest + 1);
  return `${ticks} ${text} ${ticks}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}
