/**
 * The locals of a task, zeroed when they die. A loop: for a handful of numbers a call of `fill`
 * costs more than the work.
 */
export function clearLocals(locals: Int32Array): void {
  for (let n = 0; n < locals.length; n++) locals[n] = 0;
}
