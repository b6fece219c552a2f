/** What a module of a user's own prints stands beside results, which programs read. */
import { Console } from 'node:console';

export function speakAside(): void {
  globalThis.console = new Console(process.stderr);
}
