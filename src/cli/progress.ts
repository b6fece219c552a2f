/**
 * How far many runs are, told beside the results: a bar that goes away on a terminal, elsewhere a
 * plain line now and then. What is done in a moment is told nowhere.
 */
import { Presets, SingleBar } from 'cli-progress';
import { safe } from '../report/lines.js';
import { counted, grouped } from '../report/quantities.js';
import type { Screen } from './terminal.js';

export interface Progress {
  /** `doing` says what the runs are now about. */
  step(done: number, doing: string): void;
  end(): void;
}

const PATIENCE_MS = 500;
const BETWEEN_LINES_MS = 15_000;
const BAR_LEAST = 10;
const BAR_MOST = 30;
/** More than this is left for longer than anybody waits. */
const LONGEST_S = 100 * 24 * 3600;

/** `before`: so many of the total were done earlier, and say nothing of the rate. */
export function progressOf(total: number, before: number, screen: Screen): Progress {
  const begun = Date.now();
  const pace = (done: number): string => paceText(done - before, total - done, Date.now() - begun);
  return screen.isTerminal ? bar(total, pace, screen) : lines(total, pace, screen);
}

/** `1,234 a second, 5 min left` */
function paceText(done: number, left: number, ms: number): string {
  const rate = (done * 1000) / Math.max(1, ms);
  const seconds = left / rate;
  const ahead = seconds < LONGEST_S ? `, ${clock(Math.ceil(seconds))} left` : '';
  return `${rate < 10 ? rate.toFixed(1) : grouped(Math.round(rate))} a second${ahead}`;
}

function clock(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

type Pace = (done: number) => string;

function lines(total: number, pace: Pace, screen: Screen): Progress {
  let told = Date.now();
  return {
    step(done, doing) {
      const now = Date.now();
      if (now - told < BETWEEN_LINES_MS) return;
      told = now;
      const share = Math.floor((100 * done) / total);
      const far = `${grouped(done)} of ${counted(total, 'run')} (${share} %)`;
      screen.write(`${far}, ${pace(done)}: ${safe(doing)}\n`);
    },
    end: () => undefined,
  };
}

function bar(total: number, pace: Pace, { view }: Screen): Progress {
  const room = Math.floor(view.width / 4);
  const drawn = new SingleBar(
    {
      format: '{bar} {value} of {total} runs, {pace}  {doing}',
      barsize: Math.min(BAR_MOST, Math.max(BAR_LEAST, room)),
      formatValue: (value, _options, kind) =>
        kind === 'value' || kind === 'total' ? grouped(value) : String(value),
      clearOnComplete: true,
      // A second Ctrl-C ends the program at once: nothing of the terminal may need to be restored.
      hideCursor: false,
      linewrap: true,
      // Ctrl-C is heard elsewhere, and ends with what is done.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const begun = Date.now();
  return {
    step(done, doing) {
      const told = { doing: safe(doing), pace: pace(done) };
      if (drawn.isActive) drawn.update(done, told);
      else if (Date.now() - begun >= PATIENCE_MS) drawn.start(total, done, told);
    },
    end: () => drawn.stop(),
  };
}
