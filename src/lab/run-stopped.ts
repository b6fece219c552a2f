/** A run came to no end, and so there is nothing to show of it: no bug of ours. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
}
