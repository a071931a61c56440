/**
 * Moves this thread's `Date` by an offset that the main thread may change at any time.
 * Timers and `performance` keep the machine's time: a Lambda's timeout is real.
 * @param offset one 64-bit count of milliseconds, shared by all threads
 */
export function shiftDate(offset: SharedArrayBuffer): void {
  const RealDate = Date;
  const realNow = Date.now;
  const cell = new BigInt64Array(offset);
  const now = (): number => realNow() + Number(Atomics.load(cell, 0));
  RealDate.now = now;
  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}
