/** The time that every emulated service and Lambda shares: the machine's own, moved on by what was asked for. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(seconds: number): void;
  /** Shared with the Lambdas' threads, whose Date reads it: one 64-bit count of milliseconds. */
  readonly offset: SharedArrayBuffer;
  /** Calls back once the emulated time has reached `at`, by passing or by being moved; gives the way to cancel. */
  when(at: number, callback: () => void): () => void;
}

interface Alarm {
  at: number;
  callback: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** What a timer can wait at most; a later alarm is armed again then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock that starts `offsetMs` ahead of the machine's. */
export function createClock(offsetMs = 0): Clock {
  const offset = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(offset);
  Atomics.store(cell, 0, BigInt(offsetMs));
  const alarms = new Set<Alarm>();
  const now = (): number => Date.now() + Number(Atomics.load(cell, 0));
  const cancel = (alarm: Alarm): boolean => {
    clearTimeout(alarm.timer);
    return alarms.delete(alarm);
  };
  const arm = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    alarm.timer = setTimeout(
      () => ringOrArm(alarm),
      Math.min(Math.max(0, alarm.at - now()), LONGEST_TIMER_MS),
    ).unref();
  };
  /** A timer may be a millisecond early. */
  const ringOrArm = (alarm: Alarm): void => {
    if (alarm.at > now() + 1) arm(alarm);
    else if (cancel(alarm)) alarm.callback();
  };
  return {
    now,
    offset,
    advance(seconds) {
      Atomics.add(cell, 0, BigInt(seconds * 1000));
      for (const alarm of [...alarms].sort((left, right) => left.at - right.at)) ringOrArm(alarm);
    },
    when(at, callback) {
      const alarm: Alarm = { at, callback, timer: undefined };
      alarms.add(alarm);
      arm(alarm);
      return () => void cancel(alarm);
    },
  };
}
