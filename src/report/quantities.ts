/** How numbers read, the same in every locale. */

const UNITS: readonly (readonly [string, number])[] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
];

/** A length of time to three or four digits: `30.1 s`, `4.21 ms`, `120 s`. */
export function span(nanoseconds: number): string {
  for (const [unit, size] of UNITS) {
    // What would be rounded to 1000 of one unit is 1 of the next.
    if (nanoseconds < 0.9995 * size) continue;
    const value = nanoseconds / size;
    const whole = value >= 1000 ? grouped(Math.round(value)) : Number(value.toPrecision(3));
    return `${whole} ${unit}`;
  }
  return `${nanoseconds} ns`;
}

/** An instant to the microsecond: `35.004218 s`. */
export function instant(nanoseconds: number): string {
  return `${(nanoseconds / 1e9).toFixed(6)} s`;
}

/** A share of 1. Only nothing reads as 0 %, and only all as 100 %. */
export function percent(share: number): string {
  const value = share * 100;
  if (share === 0 || share === 1) return `${value} %`;
  if (value < 0.001) return '<0.001 %';
  if (value > 99.99) return '>99.99 %';
  return `${String(Number(value.toPrecision(value > 99 ? 4 : 3)))} %`;
}

const SIZES: readonly (readonly [string, number])[] = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
];

export function size(bytes: number): string {
  for (const [unit, whole] of SIZES) {
    if (bytes >= whole) return `${String(Number((bytes / whole).toFixed(2)))} ${unit}`;
  }
  return counted(bytes, 'byte');
}

/** `48,213` */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 region`, `3 regions`, `2 losses` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** A mean, to three digits: `3.1`, `0.042`, `48,213`. */
export function rough(value: number): string {
  if (value >= 1000) return grouped(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/**
 * An interval of shares, rounded outwards to two digits of what is far from both ends: `4.9-8.1 %`,
 * `<0.37 %`, `>99.6 %`. What is nearly nothing is no lower end to speak of.
 */
export function shares({ low, high }: { readonly low: number; readonly high: number }): string {
  const from = low < 1e-5 ? 0 : outwards(low, Math.floor);
  const to = high > 1 - 1e-5 ? 100 : outwards(high, Math.ceil);
  if (from === 0) return to === 100 ? 'any' : `<${to} %`;
  return to === 100 ? `>${from} %` : `${from}-${to} %`;
}

/** In percent. Of 99.97 % the digits that tell are those of what is left to 100. */
function outwards(share: number, round: (value: number) => number): number {
  const value = 100 * share;
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.min(value, 100 - value))));
  return Number((round(value * 10 ** digits) / 10 ** digits).toFixed(digits));
}
