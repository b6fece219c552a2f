/** Text as a file, a name or a message of somebody else's may hold it. */
import fc from 'fast-check';

/** Each ends, begins or escapes something in a format that reports are written in. */
const PIECES = [
  ...['<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<!--', '&amp;', '&#0;', '</failure>', '<?'],
  ...['|', '\\', '\\|', '`', '```', '~~~', '*', '_', '#', ' # SKIP', '[x](y)', '<script>', '- '],
  ...['::', '::error file=x::y', ',', ':', '%', '%0A', '%25', '##[error]', 'title=', '=', '@all'],
  ...['ok 1 - x', 'not ok 2', '1..9', 'Bail out!', '---', '...', '  ---', '# ', '{', '}', ': '],
  ...['\n', '\r', '\r\n', '\t', '\u0000', '\u0007', '\u001b[2J', '\u001b]0;x\u0007', '\u009b1m'],
  ...['\u007f', '\u0085', '\u2028', '\u202e', '\u200b', '\ufeff', '\uffff', '\ufffe', '\ud800'],
  ...['\udc00', '🙂', 'ä', ' ', '', 'a', 'clear-when-idle', '__proto__', '$(id)', '!', 'x'],
  ...['9'.repeat(70), 'x'.repeat(3_000)],
] as const;

const piece = fc.oneof(
  { arbitrary: fc.constantFrom(...PIECES), weight: 6 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 4 }), weight: 1 },
);

export const hostileText: fc.Arbitrary<string> = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) => pieces.join(''));
