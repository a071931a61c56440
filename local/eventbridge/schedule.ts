const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const UNITS_MS = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: DAY_MS,
};

/** `rate(90 minutes)`: AWS counts from when the rule was made, this machine from 1970. */
const RATE = /^rate\((\d{1,4}) (minute|hour|day)s?\)$/;

/** A time of every day: minute, hour, any day of any month. */
const DAILY = /^cron\((\d{1,2}) (\d{1,2}) (?:\* \* \?|\? \* \*) \*\)$/;

/**
 * When a schedule runs next, in milliseconds since 1970; schedules are in UTC. This machine runs
 * `cron` with one time of every day, and `rate`.
 * @throws Error on any other expression
 */
export function nextOf(expression: string): (after: number) => number {
  const [, count, unit] = RATE.exec(expression) ?? [];
  if (unit !== undefined && Number(count) > 0)
    return every(Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]);
  const [, minute, hour] = DAILY.exec(expression) ?? [];
  if (Number(minute) > 59 || Number(hour) > 23 || minute === undefined)
    throw new Error(
      `The schedule ${expression} cannot run here: write a time of every day, as cron(10 9 ` +
        `* * ? *), or a rate.`,
    );
  const ofDay = (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  return (after) => {
    const today = Math.floor(after / DAY_MS) * DAY_MS + ofDay;
    return today > after ? today : today + DAY_MS;
  };
}

function every(periodMs: number): (after: number) => number {
  return (after) => (Math.floor(after / periodMs) + 1) * periodMs;
}
