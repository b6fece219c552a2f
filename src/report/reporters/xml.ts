/** Text as XML 1.0 can hold it. */
import { safe } from '../lines.js';

/** Not among the characters of XML 1.0, not even as references (section 2.2). */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** In one line, between tags or in an attribute's quotes. */
export function xmlText(text: string): string {
  return safe(text)
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character);
}

/** `name="value"`, as many as there are. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}
