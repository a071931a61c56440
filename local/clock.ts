/** The time of every emulated service and Lambda: the machine's own, moved on request. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now: () => number;
  advance: (seconds: number) => void;
  /** Shared with the Lambdas' threads, whose Date reads it: one 64-bit count of milliseconds. */
  readonly offset: SharedArrayBuffer;
  /**
   * Calls back once the emulated time has reached `at`, by passing or by being moved.
   * @returns a function that cancels the call
   */
  when: (at: number, callback: () => void) => () => void;
  /** Cancels every pending call, and takes no more. */
  stop: () => void;
}

interface Alarm {
  at: number;
  callback: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The longest wait of a timer; a later alarm is armed again then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A clock that starts `offsetMs` ahead of the machine's.
 * @param offset where it keeps how far it is ahead
 */
export function createClock(offsetMs = 0, offset = new SharedArrayBuffer(8)): Clock {
  return new MovableClock(offsetMs, offset);
}

class MovableClock implements Clock {
  readonly offset: SharedArrayBuffer;
  readonly #cell: BigInt64Array;
  readonly #alarms = new Set<Alarm>();
  #stopped = false;

  constructor(offsetMs: number, offset: SharedArrayBuffer) {
    this.offset = offset;
    this.#cell = new BigInt64Array(offset);
    Atomics.store(this.#cell, 0, BigInt(offsetMs));
  }

  now(): number {
    return Date.now() + Number(Atomics.load(this.#cell, 0));
  }

  advance(seconds: number): void {
    Atomics.add(this.#cell, 0, BigInt(seconds * 1000));
    const inOrder = [...this.#alarms].sort((left, right) => left.at - right.at);
    for (const alarm of inOrder) this.#ringOrArm(alarm);
  }

  when(at: number, callback: () => void): () => void {
    if (this.#stopped) return () => undefined;
    const alarm: Alarm = { at, callback, timer: undefined };
    this.#alarms.add(alarm);
    this.#arm(alarm);
    return () => void this.#cancel(alarm);
  }

  stop(): void {
    this.#stopped = true;
    for (const alarm of [...this.#alarms]) this.#cancel(alarm);
  }

  #arm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    const wait = Math.min(Math.max(0, alarm.at - this.now()), LONGEST_TIMER_MS);
    alarm.timer = setTimeout(() => this.#ringOrArm(alarm), wait).unref();
  }

  /** A timer may be a millisecond early. An alarm that was cancelled meanwhile stays silent. */
  #ringOrArm(alarm: Alarm): void {
    if (!this.#alarms.has(alarm)) return;
    if (alarm.at > this.now() + 1) this.#arm(alarm);
    else if (this.#cancel(alarm)) alarm.callback();
  }

  #cancel(alarm: Alarm): boolean {
    clearTimeout(alarm.timer);
    return this.#alarms.delete(alarm);
  }
}
