/** The stores of a workload that does nothing else to files: it waits, and writes them back. */
import type { Application, Step } from '../../machine/program.js';

export type Store = Extract<Step, { readonly offset: number }>;

/** undefined: something else is done, too. */
export function onlyStores(workload: readonly Application[]): readonly Store[] | undefined {
  const stores: Store[] = [];
  return workload.every(({ steps }) => addStores(steps, stores)) ? stores : undefined;
}

/** False: something else is done. */
function addStores(steps: readonly Step[], into: Store[]): boolean {
  return steps.every((step) => {
    switch (step.do) {
      case 'overwrite':
      case 'store':
        into.push(step);
        return true;
      case 'repeat':
        return addStores(step.steps, into);
      case 'fsync':
      case 'sync':
      case 'sleep':
      case 'at':
        return true;
      case 'create':
      case 'append':
      case 'direct':
      case 'scribble':
      case 'unlink':
      case 'use':
      case 'release':
        return false;
    }
  });
}
