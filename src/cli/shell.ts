/** Commands as they can be typed into a shell again. */

const PLAIN = /^[\w@%+=:,./-]+$/;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** One word of a POSIX shell that means `text`. */
export function quotedWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!UNSAFE.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  // What a terminal would obey is written in bytes, never shown.
  const bytes = [...new TextEncoder().encode(text)].map((byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `$'${bytes.join('')}'`;
}

/** `npx desync ...`, which is what the README tells people to type. */
export function desyncCommand(words: readonly string[]): string {
  return ['npx', 'desync', ...words].map(quotedWord).join(' ');
}
