/** What the JSON of a command holds where it was refused: all its fields, with nothing in them. */
const NO_SWEEP = { interrupted: false, ending: null };

const NOTHING = new Map<string, Readonly<Record<string, unknown>>>([
  ['run', { ...NO_SWEEP, madeAgain: 0, findings: [], totals: [], runs: [], shrunk: [] }],
  ['compare', { ...NO_SWEEP, madeAgain: 0, rows: [], pairs: [], fronts: [] }],
  ['merge', NO_SWEEP],
  ['replay', { run: null, timeline: [] }],
  [
    'explore',
    {
      scenario: null,
      strategy: null,
      complete: false,
      timing: null,
      states: 0,
      schedules: null,
      crashPoints: null,
      divergentCrashPoints: null,
      shortest: null,
      shrunk: null,
    },
  ],
  ['shrink', { shrunk: null }],
  ['doctor', { scenario: null, strategy: null, difference: null }],
  ['strategies', { strategies: [] }],
]);

export function nothingOf(command: string): Readonly<Record<string, unknown>> {
  return NOTHING.get(command) ?? {};
}
