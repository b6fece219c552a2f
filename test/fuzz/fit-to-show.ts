/** Whether a text may be shown: nothing that a terminal obeys, and nothing of the inside of us. */
import type { Paint } from '../../src/report/paint.js';
import type { View } from '../../src/report/view.js';

const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const STACK = /^\s+at .*:\d+:\d+\)?$/m;

const same = (text: string): string => text;
const PLAIN: Paint = { good: same, bad: same, warn: same, dim: same, strong: same };

export const VIEW: View = { paint: PLAIN, width: 80 };

/** Throws where it may not. `text` is as it comes without colours. */
export function fitToShow(text: string): void {
  const obeyed = OBEYED.exec(text);
  if (obeyed !== null) {
    const around = text.slice(Math.max(0, obeyed.index - 40), obeyed.index + 20);
    throw new Error(`a terminal would obey this: ${JSON.stringify(around)}`);
  }
  if (STACK.test(text)) throw new Error(`a stack trace is shown: ${text}`);
}
