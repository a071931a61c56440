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
  timer: NodeJS.Timeout;
}

/** A clock that starts `offsetMs` ahead of the machine's. */
export function createClock(offsetMs = 0): Clock {
  const offset = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(offset);
  Atomics.store(cell, 0, BigInt(offsetMs));
  const alarms = new Set<Alarm>();
  const now = (): number => Date.now() + Number(Atomics.load(cell, 0));
  const arm = (at: number, callback: () => void): Alarm => {
    const alarm: Alarm = { at, callback, timer: setTimeout(() => fire(alarm), Math.max(0, at - now())) };
    alarm.timer.unref();
    alarms.add(alarm);
    return alarm;
  };
  const fire = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    if (alarms.delete(alarm)) alarm.callback();
  };
  const rearm = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    alarm.timer = setTimeout(() => fire(alarm), Math.max(0, alarm.at - now()));
    alarm.timer.unref();
  };
  return {
    now,
    offset,
    advance(seconds) {
      Atomics.add(cell, 0, BigInt(seconds * 1000));
      for (const alarm of [...alarms].sort((left, right) => left.at - right.at)) {
        if (alarm.at <= now()) fire(alarm);
        else rearm(alarm);
      }
    },
    when(at, callback) {
      const alarm = arm(at, callback);
      return () => {
        clearTimeout(alarm.timer);
        alarms.delete(alarm);
      };
    },
  };
}
