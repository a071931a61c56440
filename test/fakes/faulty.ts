/**
 * Failures that a test plans for a fake: the next call, every call, or the nth one; before its
 * effect or after it.
 */
interface Fault<Operation> {
  /** Absent: whatever is called. */
  operation?: Operation;
  /** Calls that still pass before it strikes. */
  after: number;
  afterEffect: boolean;
  stays: boolean;
}

export abstract class Faulty<Operation extends string> {
  #faults: Fault<Operation>[] = [];
  /** Every operation, in order. */
  readonly calls: Operation[] = [];

  /** What the fake throws, as the real one does: refused, or taken and its answer lost. */
  protected abstract outage(operation: Operation, answerIsLost: boolean): Error;

  /**
   * The next such call, or the one after `after` more, fails; with `afterEffect` it takes effect
   * and loses its answer.
   */
  failNext(operation: Operation, { afterEffect = false, after = 0 } = {}): void {
    this.#faults.push({ operation, after, afterEffect, stays: false });
  }

  /** Every such call fails, until `mend`. */
  failAlways(operation: Operation): void {
    this.#faults.push({ operation, after: 0, afterEffect: false, stays: true });
  }

  /** The call after `after` more calls fails, whatever is called then. */
  failAfter(after: number, { afterEffect = false } = {}): void {
    this.#faults.push({ after, afterEffect, stays: false });
  }

  /** Takes back what is planned; returns how much of it had not struck. */
  mend(): number {
    const left = this.#faults.filter(({ stays }) => !stays).length;
    this.#faults = [];
    return left;
  }

  protected async run<T>(operation: Operation, work: () => T): Promise<T> {
    this.calls.push(operation);
    const fault = this.#strikes(operation);
    if (fault === undefined) return work();
    if (fault.afterEffect) work();
    throw this.outage(operation, fault.afterEffect);
  }

  #strikes(operation: Operation): Fault<Operation> | undefined {
    const matching = this.#faults.filter(
      (fault) => fault.operation === undefined || fault.operation === operation,
    );
    const strikes = matching.find(({ after }) => after === 0);
    for (const fault of matching) fault.after = Math.max(0, fault.after - 1);
    if (strikes !== undefined && !strikes.stays)
      this.#faults = this.#faults.filter((fault) => fault !== strikes);
    return strikes;
  }
}
