/**
 * The trace: typed records of what happened, for whoever listens.
 *
 * Parts ask `listening` before they make a record, so that a run to which nobody listens makes
 * none.
 */
export class Trace<R> {
  #listener: ((record: R) => void) | undefined;

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  listen(listener: ((record: R) => void) | undefined): void {
    this.#listener = listener;
  }

  tell(record: R): void {
    this.#listener?.(record);
  }
}
