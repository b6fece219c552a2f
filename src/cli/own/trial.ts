/** Loads a module where it can be ended: one that does not come to its end keeps its thread. */
import { parentPort, workerData } from 'node:worker_threads';

await import(String(workerData));
parentPort?.postMessage('loaded');
