/**
 * Text from a file made safe to show: no control character, no reversal of the reading direction
 * and no half of a surrogate pair reaches a terminal raw.
 */

/**
 * Cc, Cf (directions, joiners, byte order mark), lone surrogates, line and paragraph separators.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Escapes as JSON does: `\u001b`. A newline is `\n`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (unsafe) => {
    if (unsafe === '\n') return '\\n';
    if (unsafe === '\t') return '\\t';
    const units = Array.from({ length: unsafe.length }, (_, i) => unsafe.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/**
 * The same number of UTF-16 units, so that columns stay true: control pictures for ASCII, `\ufffd`
 * for the rest.
 */
export function visibleInPlace(text: string): string {
  return text.replace(UNSAFE, (unsafe) => {
    const code = unsafe.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return '\ufffd'.repeat(unsafe.length);
  });
}

/** The beginning of a text, of at most `most` characters, in quotes and safe to show. */
export function quoted(text: string, most = 60): string {
  const escaped = visible(text.slice(0, most + 1).replace(/["\\]/g, '\\$&'));
  return `"${shortened(escaped, most)}"`;
}

export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const begin = text.slice(0, most - 1);
  return `${begin.replace(/\p{Cs}$/u, '')}…`;
}
