/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  /** What the figure stands beside: a bare loop, a peer, an aim. */
  readonly beside: string;
}

export function showRow({ what, figure, beside }: Row): string {
  return `${what.padEnd(62)} ${figure.padStart(14)}   ${beside}`;
}

/** Processor seconds that the work took. */
export function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function millions(perSecond: number): string {
  return `${(perSecond / 1e6).toFixed(1)} M/s`;
}

export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
