/** Two records of one run, laid side by side. */

/** The name of the first field that is not the same in both; undefined: there is none. */
export function firstDifferingField(one: object, other: object): string | undefined {
  const values = new Map<string, unknown>(Object.entries(other));
  const found = Object.entries(one).find(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(values.get(field)),
  );
  return found?.[0];
}
