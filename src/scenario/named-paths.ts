/**
 * Whatever could be a path in the text of a scenario, however broken it is: quoted texts, and plain
 * ones between the marks of YAML. Too many are no harm, one that is missed may be.
 */
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/g;
const MARKS = /[\n\r,{}[\]"']|:(?=\s|$)|(?<=^|\s)[-?](?=\s)|(?<=^|\s)[&!*]\S*/gm;

export function namedPaths(text: string): string[] {
  const quoted = (text.match(QUOTED) ?? []).map(meant);
  const plain = text.split(MARKS).map((part) => part.trim());
  return [...new Set([...quoted, ...plain])].filter((each) => each.includes('/'));
}

function meant(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
