/** A way that a search found, walked again from the start, and what comes of a crash at its end. */
import type { Kind } from './kinds.js';
import type { Way } from './search.js';
import { crashNow, type Crash } from '../crash.js';
import type { Laboratory } from '../laboratory.js';
import { judge } from '../../aftermath/judge.js';
import { recoverInterrupted } from '../../aftermath/recover.js';
import { HARM_KINDS, type HarmKind } from '../../aftermath/steps.js';
import { replay } from '../../sim/recording.js';
import type { Instant } from '../../sim/time.js';

/** `stepped`: told the number of each event before it happens. */
export function walked(
  lab: Laboratory,
  until: Instant,
  { steps, choices }: Way,
  stepped: (step: number) => void = () => {},
): Crash {
  const { world } = lab;
  world.reset(replay(choices));
  for (let step = 1; step <= steps; step++) {
    stepped(step);
    if (!world.advance(until)) throw new Error(`the way ends before event ${step} of ${steps}`);
  }
  return crashNow(lab);
}

/**
 * What a reader suffers by the same one's fault once the scenario's steps are done, the gravest
 * first: broken promises, too, which are known only on the way.
 */
export function sufferedAfter(lab: Laboratory, until: Instant, way: Kind & Way): HarmKind[] {
  const { recovery, aftermath } = lab.scenario;
  const crash = walked(lab, until, way);
  const { image } = recoverInterrupted(crash.image, recovery.interruptedAt);
  const { harm } = judge(image, crash.promises, aftermath, crash.applicationsSectors);
  const own = harm.filter(({ byApplication }) => byApplication === (way.whose === 'application'));
  return HARM_KINDS.filter((kind) => own.some((one) => one.kind === kind));
}
