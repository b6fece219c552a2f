/**
 * How far many runs are, told beside the results: a bar that goes away on a terminal, elsewhere a
 * plain line now and then. What is done in a moment is told nowhere.
 */
import { Presets, SingleBar } from 'cli-progress';
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

export function progressOf(total: number, screen: Screen): Progress {
  return screen.isTerminal ? bar(total, screen) : lines(total, screen);
}

function lines(total: number, screen: Screen): Progress {
  let told = Date.now();
  return {
    step(done, doing) {
      const now = Date.now();
      if (now - told < BETWEEN_LINES_MS) return;
      told = now;
      screen.write(`${grouped(done)} of ${counted(total, 'run')}: ${doing}\n`);
    },
    end: () => undefined,
  };
}

function bar(total: number, { view }: Screen): Progress {
  const room = Math.floor(view.width / 3);
  const drawn = new SingleBar(
    {
      format: '{bar} {value} of {total} runs  {doing}',
      barsize: Math.min(BAR_MOST, Math.max(BAR_LEAST, room)),
      formatValue: (value, _options, kind) =>
        kind === 'value' || kind === 'total' ? grouped(value) : String(value),
      clearOnComplete: true,
      hideCursor: true,
      // Ctrl-C is heard elsewhere, and ends with what is done.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const begun = Date.now();
  return {
    step(done, doing) {
      if (drawn.isActive) drawn.update(done, { doing });
      else if (Date.now() - begun >= PATIENCE_MS) drawn.start(total, done, { doing });
    },
    end: () => drawn.stop(),
  };
}
