/** What a run cost, in the words of its report: what it did not cost is not said. */
import type { Costs } from '../lab/costs.js';
import { counted, size, span } from './quantities.js';

/** The record and the resync in any case: a strategy that saves the one pays with the other. */
export function costsText(costs: Costs): string {
  return [
    counted(costs.recordWrites, 'record write'),
    ...resyncParts(costs),
    ...storeParts(costs),
    ...(costs.writesHeld > 0 ? [`${counted(costs.writesHeld, 'write')} held back`] : []),
    ...(costs.copiedBytes > 0 ? [`${size(costs.copiedBytes)} copied`] : []),
    ...(costs.sums > 0 ? [counted(costs.sums, 'checksum')] : []),
    ...syncParts(costs),
    ...latencyParts(costs),
  ].join('; ');
}

function resyncParts({ expectedResyncBytes, expectedResyncNs }: Costs): string[] {
  const bytes = Math.round(expectedResyncBytes);
  if (bytes === 0) return ['no resync to expect'];
  return [`expected resync ${size(bytes)} in ${span(Math.round(expectedResyncNs))}`];
}

function storeParts({ storeWaits, storeWaitNs, longestStoreWaitNs }: Costs): string[] {
  if (storeWaits === 0) return [];
  const waited = `${counted(storeWaits, 'store')} waited ${span(storeWaitNs)}`;
  return [storeWaits === 1 ? waited : `${waited} in all, ${span(longestStoreWaitNs)} at most`];
}

function syncParts({ syncs, syncWriteBytes }: Costs): string[] {
  if (syncs === 0) return [];
  return [`${counted(syncs, 'sync()', 'sync()')} of its own, which wrote ${size(syncWriteBytes)}`];
}

function latencyParts({ writeLatencyP50Ns: half, writeLatencyP99Ns: most }: Costs): string[] {
  return most === 0 ? [] : [`writes took ${span(half)} (p50) to ${span(most)} (p99)`];
}
