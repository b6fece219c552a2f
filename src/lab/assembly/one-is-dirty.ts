/**
 * Whether no more than one inode can ever be dirty: all that happens is stores into one file that
 * is there at boot, within its length, and no time stamp changes.
 */
import type { Ground } from './ground.js';
import { onlyStores } from './only-stores.js';
import type { Step } from '../../machine/program.js';
import type { Scenario } from '../../scenario/scenario.js';

export function dirtiesIn({ scenario, conditions }: Ground): {
  readonly oneIsDirty: boolean;
  readonly pagesTellAll: boolean;
} {
  const one = oneIsDirty(scenario);
  const isLumped = conditions.timing === 'free' && conditions.stepByStep !== true;
  const syncs = scenario.workload.some(({ steps }) => steps.some(isFsync));
  return { oneIsDirty: one, pagesTellAll: one && isLumped && !syncs };
}

function isFsync(step: Step): boolean {
  return step.do === 'fsync' || (step.do === 'repeat' && step.steps.some(isFsync));
}

export function oneIsDirty({
  workload,
  files,
  fileTimes,
}: Pick<Scenario, 'workload' | 'files' | 'fileTimes'>): boolean {
  const [only, ...others] = new Set(workload.flatMap(({ steps }) => steps.flatMap(pathsOf)));
  const bytes = files.find(({ path }) => path === only)?.bytes ?? 0;
  if (fileTimes !== 'stay' || others.length > 0) return false;
  const stores = onlyStores(workload);
  return stores?.every((store) => store.offset + store.bytes <= bytes) ?? false;
}

function pathsOf(step: Step): string[] {
  if (step.do === 'repeat') return step.steps.flatMap(pathsOf);
  return 'path' in step ? [step.path] : [];
}
