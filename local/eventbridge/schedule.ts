const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A time of every day: minute, hour, any day of any month. */
const DAILY = /^cron\((\d{1,2}) (\d{1,2}) (?:\* \* \?|\? \* \*) \*\)$/;

/**
 * When a schedule runs next, in milliseconds since 1970; schedules are in UTC. This machine runs
 * `cron` with one time of every day.
 * @throws Error on any other expression
 */
export function nextOf(expression: string): (after: number) => number {
  const [, minute, hour] = DAILY.exec(expression) ?? [];
  if (Number(minute) > 59 || Number(hour) > 23 || minute === undefined)
    throw new Error(
      `The schedule ${expression} cannot run here: write a time of every day, as cron(10 9 * * ? *).`,
    );
  const ofDay = (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  return (after) => {
    const today = Math.floor(after / DAY_MS) * DAY_MS + ofDay;
    return today > after ? today : today + DAY_MS;
  };
}
