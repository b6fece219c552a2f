/**
 * Whether a text is well-formed XML 1.0, as far as reports go: elements, attributes, text and the
 * five references by name. Comments, sections and doctypes are refused; no report needs them.
 */

/** Section 2.2. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const REFERENCE = '&(?:amp|lt|gt|quot|apos);';
const NAME = '[A-Za-z][\\w.-]*';
const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8" \?>\n/;
const TOKEN = new RegExp(
  [
    `<(?<open>${NAME})(?<attributes>(?:\\s+${NAME}="(?:[^<&"]|${REFERENCE})*")*)\\s*(?<empty>/?)>`,
    `</(?<close>${NAME})>`,
    `(?<text>(?:[^<&]|${REFERENCE})+)`,
  ].join('|'),
  'y',
);

/** How often each element stands in it. Throws where it is not well-formed. */
export function elementsIn(xml: string): ReadonlyMap<string, number> {
  const bad = NO_CHARACTER.exec(xml);
  if (bad !== null) throw new Error(`XML has no character ${JSON.stringify(bad[0])}`);
  const start = DECLARATION.exec(xml)?.[0].length;
  if (start === undefined) throw new Error('no XML declaration');
  const counts = new Map<string, number>();
  const open: string[] = [];
  let roots = 0;
  for (let at = start; at < xml.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const { open: opened, attributes = '', empty, close, text } = TOKEN.exec(xml)?.groups ?? {};
    if (opened !== undefined) {
      refuseTwice(attributes);
      if (open.length === 0) roots++;
      counts.set(opened, (counts.get(opened) ?? 0) + 1);
      if (empty === '') open.push(opened);
    } else if (close !== undefined) {
      if (open.pop() !== close) throw new Error(`</${close}> closes nothing`);
    } else if (text !== undefined) {
      if (text.includes(']]>')) throw new Error('a text has ]]>');
      if (open.length === 0 && text.trim() !== '') throw new Error('text beside the root');
    } else {
      throw new Error(`not XML: ${JSON.stringify(xml.slice(at, at + 60))}`);
    }
  }
  if (open.length > 0 || roots !== 1) throw new Error(`${roots} roots, ${open.length} left open`);
  return counts;
}

function refuseTwice(attributes: string): void {
  const names = [...attributes.matchAll(/([\w.-]+)="[^"]*"/g)].map(([, name]) => name);
  if (new Set(names).size < names.length) throw new Error(`an attribute stands twice${attributes}`);
}
